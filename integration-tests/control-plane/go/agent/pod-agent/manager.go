package main

import (
	"fmt"
	"path"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/record"
)

// manager holds one worker per pod whose program is run.
type manager struct {
	settings
	client     kubernetes.Interface
	secrets    listers.SecretLister
	configMaps listers.ConfigMapLister
	nodes      listers.NodeLister
	pods       listers.PodLister
	events     record.EventBroadcaster

	mutex   sync.Mutex
	workers map[types.UID]*worker
	// addresses counts the pods that got one.
	addresses int
}

func newManager(s settings, client kubernetes.Interface, factory informers.SharedInformerFactory) *manager {
	events := record.NewBroadcaster()
	events.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	core := factory.Core().V1()
	return &manager{
		settings: s, client: client, events: events, workers: map[types.UID]*worker{},
		secrets: core.Secrets().Lister(), configMaps: core.ConfigMaps().Lister(), nodes: core.Nodes().Lister(), pods: core.Pods().Lister(),
	}
}

// isOurs tells the pods whose program is run from those that kwok simulates.
func (m *manager) isOurs(pod *corev1.Pod) bool {
	command := pod.Spec.Containers[0].Command
	return len(command) > 0 && m.programs[command[0]] != ""
}

func isOver(pod *corev1.Pod) bool {
	return pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
}

// see takes note of a pod that was added or changed.
func (m *manager) see(pod *corev1.Pod) {
	if !m.isOurs(pod) || pod.Spec.NodeName == "" {
		return
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	w := m.workers[pod.UID]
	if w == nil {
		if isOver(pod) && pod.DeletionTimestamp == nil {
			return
		}
		m.addresses++
		recorder := m.events.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "kubelet", Host: pod.Spec.NodeName})
		w = newWorker(m, pod, addressOf(m.addresses), recorder)
		m.workers[pod.UID] = w
		go w.run()
	}
	w.see(pod)
}

// forget ends the process of a pod that is gone from the API, as after a deletion by force.
func (m *manager) forget(pod *corev1.Pod) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if w := m.workers[pod.UID]; w != nil {
		w.abandon()
		delete(m.workers, pod.UID)
	}
}

// find returns the worker of a pod by its name.
func (m *manager) find(namespace, name string) *worker {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, w := range m.workers {
		if w.pod().Namespace == namespace && w.pod().Name == name {
			return w
		}
	}
	return nil
}

func (m *manager) killAll() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, w := range m.workers {
		w.abandon()
	}
}

// canPull says whether the image exists, by its name alone.
func (m *manager) canPull(image string) bool {
	matches, err := path.Match(m.images, image)
	return err == nil && matches
}

func (m *manager) hostAddress(node string) string {
	object, err := m.nodes.Get(node)
	if err != nil {
		return ""
	}
	for _, address := range object.Status.Addresses {
		if address.Type == corev1.NodeInternalIP {
			return address.Address
		}
	}
	return ""
}

// addressOf is the address of the n-th pod, counted from 1, in 10.245.0.0/16.
func addressOf(n int) string {
	return fmt.Sprintf("10.245.%d.%d", n/250, n%250+1)
}
