package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// process is a running program.
type process struct {
	command *exec.Cmd
	log     *logFile
	// over is closed when it has ended; code is its exit code then, 128 and the signal's number if it was killed.
	over chan struct{}
	code int
}

// starts are carried out by one thread that never ends: the kernel kills a process with the thread that started it.
var starts = make(chan func())

func init() {
	go func() {
		runtime.LockOSThread()
		for start := range starts {
			start()
		}
	}()
}

// start runs the program of the pod's first container.
func (w *worker) start() (*process, error) {
	pod, container := w.pod(), w.container()
	env := w.environment(pod, container)
	view := entry{
		Hostname: pod.Name, Mounts: w.mounts(pod, container), Program: w.programs[container.Command[0]],
		Args: append(expandAll(append(container.Command, container.Args...), env), "--listen", w.address),
	}
	for name, value := range env {
		view.Env = append(view.Env, name+"="+value)
	}
	file := filepath.Join(w.dir, "entry.json")
	content, err := json.Marshal(view)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return nil, err
	}
	log, err := newLogFile(w.logName(w.status.restarts))
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(self, enterCommand, file)
	command.Stdout, command.Stderr, command.Env = log, log, []string{}
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUTS, Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	starts <- func() { started <- command.Start() }
	if err := <-started; err != nil {
		return nil, err
	}
	p := &process{command: command, log: log, over: make(chan struct{})}
	w.notePid(command.Process.Pid)
	go p.wait()
	return p, nil
}

// notePid leaves the process id where the launcher finds it: one file per pod.
func (w *worker) notePid(pid int) {
	pod := w.pod()
	_ = os.WriteFile(filepath.Join(w.manager.dir, pod.Namespace+"_"+pod.Name+".pid"), []byte(fmt.Sprint(pid)), 0o644)
}

func (w *worker) logName(restarts int32) string {
	return filepath.Join(w.dir, fmt.Sprintf("%d.log", restarts))
}

func (p *process) wait() {
	_ = p.command.Wait()
	p.log.close()
	p.code = p.command.ProcessState.ExitCode()
	if state, ok := p.command.ProcessState.Sys().(syscall.WaitStatus); ok && state.Signaled() {
		p.code = 128 + int(state.Signal())
	}
	close(p.over)
}

// end asks the program to end and insists after a while.
func (p *process) end(patience time.Duration) {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.over:
	case <-time.After(patience):
		p.kill()
		<-p.over
	}
}

func (p *process) kill() {
	_ = p.command.Process.Kill()
}

// lastWords is the end of the log, as terminationMessagePolicy FallbackToLogsOnError takes it.
func (p *process) lastWords() string {
	return p.log.tail()
}

// environment is what the container gets, with the references to its own pod resolved.
func (w *worker) environment(pod *corev1.Pod, container *corev1.Container) map[string]string {
	env := map[string]string{
		"PATH": "/usr/bin:/bin", "HOSTNAME": pod.Name, "KUBERNETES_SERVICE_HOST": w.apiHost, "KUBERNETES_SERVICE_PORT": w.apiPort,
		// Its own cache and temporary files stay in the throw-away folder.
		"HOME": w.dir, "TMPDIR": w.dir,
	}
	for _, variable := range container.Env {
		value := expand(variable.Value, env)
		if from := variable.ValueFrom; from != nil && from.FieldRef != nil {
			value = w.field(pod, from.FieldRef.FieldPath)
		}
		env[variable.Name] = value
	}
	return env
}

// field is a field of the pod, as the downward API names it.
func (w *worker) field(pod *corev1.Pod, path string) string {
	if key, found := strings.CutPrefix(path, "metadata.annotations['"); found {
		return pod.Annotations[strings.TrimSuffix(key, "']")]
	}
	if key, found := strings.CutPrefix(path, "metadata.labels['"); found {
		return pod.Labels[strings.TrimSuffix(key, "']")]
	}
	return map[string]string{
		"metadata.name": pod.Name, "metadata.namespace": pod.Namespace, "metadata.uid": string(pod.UID), "spec.nodeName": pod.Spec.NodeName,
		"spec.serviceAccountName": pod.Spec.ServiceAccountName, "status.podIP": w.address, "status.hostIP": w.hostAddress(pod.Spec.NodeName),
	}[path]
}

// expand replaces $(NAME) by the variable's value.
func expand(text string, env map[string]string) string {
	for name, value := range env {
		text = strings.ReplaceAll(text, "$("+name+")", value)
	}
	return text
}

func expandAll(texts []string, env map[string]string) []string {
	expanded := make([]string, len(texts))
	for i, text := range texts {
		expanded[i] = expand(text, env)
	}
	return expanded
}

// logFile takes a program's output, one line as `TIME TEXT`.
type logFile struct {
	mutex sync.Mutex
	file  *os.File
	rest  []byte
	end   []string
}

func newLogFile(name string) (*logFile, error) {
	file, err := os.Create(name)
	return &logFile{file: file}, err
}

const lastLines = 20

// Write implements io.Writer for both outputs of a program at once.
func (l *logFile) Write(chunk []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.rest = append(l.rest, chunk...)
	for {
		i := bytes.IndexByte(l.rest, '\n')
		if i < 0 {
			return len(chunk), nil
		}
		l.line(string(l.rest[:i]))
		l.rest = l.rest[i+1:]
	}
}

func (l *logFile) line(text string) {
	_, _ = l.file.WriteString(time.Now().UTC().Format(time.RFC3339Nano) + " " + text + "\n")
	l.end = append(l.end, text)
	if len(l.end) > lastLines {
		l.end = l.end[1:]
	}
}

func (l *logFile) close() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.rest) > 0 {
		l.line(string(l.rest))
	}
	_ = l.file.Close()
}

// tail is the end of the log, 2048 bytes at most.
func (l *logFile) tail() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	text := strings.Join(l.end, "\n")
	return text[max(0, len(text)-2048):]
}
