// Command pod-agent plays the kubelet of every node for the pods whose program is really run: for each of them it starts
// one process, in a network address, a host name and a file system view of its own, and reports what happens to it.
//
// Real are: the process and its end, its logs, its probes, its service account and secrets, its address. Simulated are:
// image pulls (an image exists if it matches a pattern), init containers (they succeed), and resource limits (none).
// All other pods are left to kwok.
package main

import (
	"context"
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// settings is what the agent was started with.
type settings struct {
	kubeconfig, dir, images, listen, certificate, key, apiHost, apiPort string
	// programs are files by the first word of a container's command.
	programs map[string]string
}

func readSettings() (settings, error) {
	s := settings{programs: map[string]string{}}
	var programs string
	flag.StringVar(&s.kubeconfig, "kubeconfig", "", "how to reach the API server")
	flag.StringVar(&s.dir, "dir", "", "an existing folder for volumes, logs and process ids")
	flag.StringVar(&programs, "programs", "", "NAME=FILE,…: the programs that are run")
	flag.StringVar(&s.images, "images", "", "pattern of the images that can be pulled")
	flag.StringVar(&s.listen, "listen", "0.0.0.0:10250", "where logs are served")
	flag.StringVar(&s.certificate, "certificate", "", "serving certificate")
	flag.StringVar(&s.key, "key", "", "its key")
	flag.StringVar(&s.apiHost, "api-host", "10.96.0.1", "what pods are told of the API server")
	flag.StringVar(&s.apiPort, "api-port", "", "its port")
	flag.Parse()
	for _, program := range strings.Split(programs, ",") {
		name, file, found := strings.Cut(program, "=")
		if !found {
			return s, fmt.Errorf("no NAME=FILE: %q", program)
		}
		s.programs[name] = file
	}
	return s, nil
}

// run works until the context ends; every process it started has ended by then.
func run(ctx context.Context, s settings) error {
	config, err := clientcmd.BuildConfigFromFlags("", s.kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 200, 400
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	m := newManager(s, client, factory)
	informer := factory.Core().V1().Pods().Informer()
	if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { m.see(object.(*corev1.Pod)) },
		UpdateFunc: func(_, object any) { m.see(object.(*corev1.Pod)) },
		DeleteFunc: func(object any) {
			if gone, ok := object.(cache.DeletedFinalStateUnknown); ok {
				object = gone.Obj
			}
			if pod, ok := object.(*corev1.Pod); ok {
				m.forget(pod)
			}
		},
	}); err != nil {
		return err
	}
	certificate, err := tls.LoadX509KeyPair(s.certificate, s.key)
	if err != nil {
		return err
	}
	server := &http.Server{
		Addr: s.listen, Handler: http.HandlerFunc(m.serveLogs), ReadHeaderTimeout: 10 * time.Second,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServeTLS("", "") }()
	factory.Start(ctx.Done())
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	m.killAll()
	return err
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == enterCommand {
		log.Fatal(enter(os.Args[2]))
	}
	s, err := readSettings()
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
		defer stop()
		err = run(ctx, s)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
