package main

import (
	"context"
	"encoding/json"
	"log"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// status is what the kubelet would say about the pod; every change is written at once.
type status struct {
	w     *worker
	mutex sync.Mutex

	phase    corev1.PodPhase
	state    corev1.ContainerState
	last     corev1.ContainerState
	ready    bool
	restarts int32
	begun    metav1.Time
	changed  map[corev1.PodConditionType]corev1.PodCondition
}

func newStatus(w *worker) *status {
	return &status{w: w, phase: corev1.PodPending, begun: metav1.Now(), changed: map[corev1.PodConditionType]corev1.PodCondition{}}
}

func (s *status) waiting(reason, message string) {
	s.change(func() {
		s.state = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
	})
}

func (s *status) running() {
	s.change(func() {
		s.phase, s.ready = corev1.PodRunning, s.w.container().ReadinessProbe == nil
		s.state = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.Now()}}
	})
}

func (s *status) setReady(ready bool) {
	s.change(func() { s.ready = ready && s.state.Running != nil })
}

// ended says how the program ended, and for a pod that is not restarted that it is over.
func (s *status) ended(code int, said string, over bool) {
	s.change(func() {
		reason, started := "Error", s.begun
		if code == 0 {
			reason, said = "Completed", ""
		}
		if s.state.Running != nil {
			started = s.state.Running.StartedAt
		}
		terminated := &corev1.ContainerStateTerminated{ExitCode: int32(code), Reason: reason, Message: said, StartedAt: started, FinishedAt: metav1.Now()}
		s.state, s.ready = corev1.ContainerState{Terminated: terminated}, false
		switch {
		case !over:
			s.last = s.state
			s.restarts++
		case code == 0:
			s.phase = corev1.PodSucceeded
		default:
			s.phase = corev1.PodFailed
		}
	})
}

func (s *status) change(apply func()) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	apply()
	s.write()
}

// write sends the status as one merge patch; the uid in it makes the API server refuse it for a later pod of that name.
func (s *status) write() {
	pod := s.w.pod()
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{"uid": pod.UID}, "status": s.of(pod)})
	if err != nil {
		log.Print(err)
		return
	}
	for attempt := 0; attempt < 5; attempt++ {
		ctx, stop := context.WithTimeout(s.w.gone, 10*time.Second)
		_, err = s.w.client.CoreV1().Pods(pod.Namespace).Patch(ctx, pod.Name, types.MergePatchType, patch, metav1.PatchOptions{}, "status")
		stop()
		if err == nil || s.w.gone.Err() != nil || apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return
		}
		time.Sleep(time.Second)
	}
	log.Printf("status of %s/%s: %v", pod.Namespace, pod.Name, err)
}

func (s *status) of(pod *corev1.Pod) map[string]any {
	host := s.w.hostAddress(pod.Spec.NodeName)
	return map[string]any{
		"phase": s.phase, "conditions": s.conditions(pod), "containerStatuses": s.containers(pod), "initContainerStatuses": s.initContainers(pod),
		"hostIP": host, "hostIPs": []corev1.HostIP{{IP: host}}, "podIP": s.w.address, "podIPs": []corev1.PodIP{{IP: s.w.address}}, "startTime": s.begun,
	}
}

// conditions replaces those of the kubelet and keeps all others.
func (s *status) conditions(pod *corev1.Pod) []corev1.PodCondition {
	ready, reason := s.ready, ""
	if !ready {
		reason = "ContainersNotReady"
		if s.phase == corev1.PodSucceeded {
			reason = "PodCompleted"
		}
	}
	ours := []corev1.PodCondition{
		s.condition("PodReadyToStartContainers", true, ""),
		s.condition(corev1.PodInitialized, true, ""),
		s.condition(corev1.PodReady, ready, reason),
		s.condition(corev1.ContainersReady, ready, reason),
	}
	for _, other := range pod.Status.Conditions {
		if !slices.ContainsFunc(ours, func(c corev1.PodCondition) bool { return c.Type == other.Type }) {
			ours = append(ours, other)
		}
	}
	return ours
}

// condition carries the time of its last change.
func (s *status) condition(kind corev1.PodConditionType, holds bool, reason string) corev1.PodCondition {
	value := corev1.ConditionFalse
	if holds {
		value = corev1.ConditionTrue
	}
	before, known := s.changed[kind]
	if known && before.Status == value && before.Reason == reason {
		return before
	}
	now := corev1.PodCondition{Type: kind, Status: value, Reason: reason, LastTransitionTime: metav1.Now()}
	if known && before.Status == value {
		now.LastTransitionTime = before.LastTransitionTime
	}
	s.changed[kind] = now
	return now
}

func (s *status) containers(pod *corev1.Pod) []corev1.ContainerStatus {
	statuses := make([]corev1.ContainerStatus, len(pod.Spec.Containers))
	for i, container := range pod.Spec.Containers {
		statuses[i] = corev1.ContainerStatus{Name: container.Name, Image: container.Image, RestartCount: s.restarts, State: s.state, LastTerminationState: s.last, Ready: s.ready}
		if s.state.Waiting == nil || s.restarts > 0 {
			statuses[i].ContainerID = "process://" + string(pod.UID)
			statuses[i].ImageID = container.Image + "@sha256:0000000000000000000000000000000000000000000000000000000000000000"
		}
		started := s.state.Running != nil
		statuses[i].Started = &started
	}
	return statuses
}

// initContainers says of each that it succeeded in the moment the pod began: they are not run.
func (s *status) initContainers(pod *corev1.Pod) []corev1.ContainerStatus {
	statuses := make([]corev1.ContainerStatus, len(pod.Spec.InitContainers))
	for i, container := range pod.Spec.InitContainers {
		terminated := &corev1.ContainerStateTerminated{Reason: "Completed", StartedAt: s.begun, FinishedAt: s.begun}
		statuses[i] = corev1.ContainerStatus{Name: container.Name, Image: container.Image, ImageID: container.Image, Ready: true, State: corev1.ContainerState{Terminated: terminated}}
	}
	return statuses
}
