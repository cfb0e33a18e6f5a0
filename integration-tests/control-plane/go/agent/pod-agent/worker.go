package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/record"
)

// Waiting times of the kubelet between restarts: doubled up to the maximum, reset after ten good minutes.
const (
	firstBackOff = 10 * time.Second
	maxBackOff   = 5 * time.Minute
	goodRun      = 10 * time.Minute
	retryMount   = time.Second
	retryPull    = 20 * time.Second
)

// worker runs one pod.
type worker struct {
	*manager
	recorder record.EventRecorder
	address  string
	dir      string
	status   *status

	mutex   sync.Mutex
	latest  *corev1.Pod
	process *process

	// deleted ends when the pod is to be ended properly, gone when nobody knows it any more.
	deleted, gone         context.Context
	markDeleted, markGone context.CancelFunc
}

func newWorker(m *manager, pod *corev1.Pod, address string, recorder record.EventRecorder) *worker {
	w := &worker{manager: m, recorder: recorder, address: address, latest: pod, dir: filepath.Join(m.dir, string(pod.UID))}
	w.gone, w.markGone = context.WithCancel(context.Background())
	w.deleted, w.markDeleted = context.WithCancel(w.gone)
	w.status = newStatus(w)
	return w
}

func (w *worker) pod() *corev1.Pod {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.latest
}

func (w *worker) see(pod *corev1.Pod) {
	w.mutex.Lock()
	w.latest = pod
	w.mutex.Unlock()
	if pod.DeletionTimestamp != nil {
		w.markDeleted()
	}
}

// abandon ends the process at once.
func (w *worker) abandon() {
	w.markGone()
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.process != nil {
		w.process.kill()
	}
}

// pause waits; false if the pod is to end.
func (w *worker) pause(d time.Duration) bool {
	select {
	case <-w.deleted.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// run takes the pod from its binding to a node until its end.
func (w *worker) run() {
	if w.deleted.Err() == nil && w.prepare() {
		w.repeat()
	}
	<-w.deleted.Done()
	if w.gone.Err() != nil {
		return
	}
	pod := w.pod()
	zero := int64(0)
	_ = w.client.CoreV1().Pods(pod.Namespace).Delete(w.gone, pod.Name, metav1.DeleteOptions{
		GracePeriodSeconds: &zero, Preconditions: &metav1.Preconditions{UID: &pod.UID},
	})
}

// prepare pulls the image, as far as that is simulated, and fills the volumes; false if the pod was deleted meanwhile.
func (w *worker) prepare() bool {
	w.status.waiting("ContainerCreating", "")
	for first := true; !w.canPull(w.container().Image); first = false {
		image := w.container().Image
		if first {
			said := fmt.Sprintf("failed to pull and unpack image %q: not found", image)
			w.event(corev1.EventTypeNormal, "Pulling", "Pulling image %q", image)
			w.event(corev1.EventTypeWarning, "Failed", "Failed to pull image %q: %s", image, said)
			w.event(corev1.EventTypeWarning, "Failed", "Error: ErrImagePull")
			w.status.waiting("ErrImagePull", said)
		} else {
			w.event(corev1.EventTypeNormal, "BackOff", "Back-off pulling image %q", image)
			w.event(corev1.EventTypeWarning, "Failed", "Error: ImagePullBackOff")
			w.status.waiting("ImagePullBackOff", fmt.Sprintf("Back-off pulling image %q", image))
		}
		if !w.pause(retryPull) {
			return false
		}
	}
	for {
		err := w.fillVolumes()
		if err == nil {
			return true
		}
		w.event(corev1.EventTypeWarning, "FailedMount", "%s", err)
		if !w.pause(retryMount) {
			return false
		}
	}
}

// repeat runs the program until the pod is deleted or, if it is not to be restarted, until it ends.
func (w *worker) repeat() {
	stopFilling := w.keepVolumesFilled()
	defer stopFilling()
	backOff := time.Duration(0)
	for {
		begun := time.Now()
		code, said := w.once()
		if w.gone.Err() != nil || w.deleted.Err() != nil {
			w.status.ended(code, said, true)
			return
		}
		policy := w.pod().Spec.RestartPolicy
		if policy == corev1.RestartPolicyNever || (policy == corev1.RestartPolicyOnFailure && code == 0) {
			w.status.ended(code, said, true)
			return
		}
		w.status.ended(code, said, false)
		if time.Since(begun) > goodRun {
			backOff = 0
		}
		if backOff > 0 {
			name, pod := w.container().Name, w.pod()
			w.event(corev1.EventTypeWarning, "BackOff", "Back-off restarting failed container %s in pod %s_%s(%s)", name, pod.Name, pod.Namespace, pod.UID)
			w.status.waiting("CrashLoopBackOff", fmt.Sprintf("back-off %s restarting failed container=%s pod=%s_%s(%s)", backOff, name, pod.Name, pod.Namespace, pod.UID))
			if !w.pause(backOff) {
				return
			}
		}
		backOff = min(max(2*backOff, firstBackOff), maxBackOff)
	}
}

// once runs the program one time; its exit code, and its last words if it failed.
func (w *worker) once() (code int, said string) {
	p, err := w.start()
	if err != nil {
		w.event(corev1.EventTypeWarning, "Failed", "Error: %s", err)
		return 128, err.Error()
	}
	w.mutex.Lock()
	w.process = p
	w.mutex.Unlock()
	w.event(corev1.EventTypeNormal, "Started", "Started container %s", w.container().Name)
	w.status.running()
	probing, stopProbing := context.WithCancel(w.deleted)
	w.probe(probing, p)
	select {
	case <-p.over:
	case <-w.deleted.Done():
		w.event(corev1.EventTypeNormal, "Killing", "Stopping container %s", w.container().Name)
		p.end(graceOf(w.pod()))
	}
	stopProbing()
	return p.code, p.lastWords()
}

func graceOf(pod *corev1.Pod) time.Duration {
	if seconds := pod.DeletionGracePeriodSeconds; seconds != nil {
		return time.Duration(*seconds) * time.Second
	}
	return 30 * time.Second
}

// container is the one whose program is run: the first.
func (w *worker) container() *corev1.Container {
	return &w.pod().Spec.Containers[0]
}

func (w *worker) event(kind, reason, format string, args ...any) {
	w.recorder.Eventf(w.pod(), kind, reason, format, args...)
}
