package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// enterCommand makes the agent the first moment of a pod's process.
const enterCommand = "enter"

// mount is a folder of the agent's that is seen at a path of the pod.
type mount struct{ Source, Target string }

// entry is what the process of a pod begins with.
type entry struct {
	Hostname string
	Mounts   []mount
	Program  string
	// Args begin with the name of the program.
	Args []string
	Env  []string
}

// private are the folders in which a pod sees only its own; volumes elsewhere are not mounted.
var private = []string{"/etc", "/run"}

// enter turns this process, which stands in namespaces of its own, into the pod's program. It returns only if it fails.
func enter(file string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var e entry
	if err := json.Unmarshal(content, &e); err != nil {
		return err
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	for _, folder := range private {
		if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "mode=755"); err != nil {
			return fmt.Errorf("private %s: %w", folder, err)
		}
	}
	for name, text := range map[string]string{
		"hosts": "127.0.0.1 localhost\n", "resolv.conf": "", "nsswitch.conf": "hosts: files\n", "passwd": "root:x:0:0:root:/:/bin/sh\n", "group": "root:x:0:\n",
	} {
		if err := os.WriteFile(filepath.Join("/etc", name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	for _, m := range e.Mounts {
		if err := m.bind(); err != nil {
			return fmt.Errorf("mount %s: %w", m.Target, err)
		}
	}
	if err := syscall.Sethostname([]byte(e.Hostname)); err != nil {
		return fmt.Errorf("host name: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	return fmt.Errorf("%s: %w", e.Program, syscall.Exec(e.Program, e.Args, e.Env))
}

func (m mount) bind() error {
	// /var/run is /run on every distribution of these years; seen as such, it is private already.
	target := strings.Replace(m.Target, "/var/run/", "/run/", 1)
	inside := false
	for _, folder := range private {
		inside = inside || strings.HasPrefix(target, folder+"/")
	}
	if !inside {
		return nil
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	return syscall.Mount(m.Source, target, "", syscall.MS_BIND, "")
}
