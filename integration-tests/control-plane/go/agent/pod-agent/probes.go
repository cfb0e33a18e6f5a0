package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// prober asks without looking at certificates, as the kubelet does.
var prober = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}

// probe asks the program how it is until the context ends: ready or not, and alive or to be restarted.
func (w *worker) probe(ctx context.Context, p *process) {
	container := w.container()
	if probe := container.ReadinessProbe; probe != nil {
		go w.every(ctx, probe, func(err error) {
			if err != nil {
				w.event(corev1.EventTypeWarning, "Unhealthy", "Readiness probe failed: %s", err)
			}
			w.status.setReady(err == nil)
		})
	}
	if probe := container.LivenessProbe; probe != nil {
		go w.every(ctx, probe, func(err error) {
			if err == nil {
				return
			}
			w.event(corev1.EventTypeWarning, "Unhealthy", "Liveness probe failed: %s", err)
			w.event(corev1.EventTypeNormal, "Killing", "Container %s failed liveness probe, will be restarted", container.Name)
			p.end(graceOf(w.pod()))
		})
	}
}

// or is the value, or what Kubernetes takes if it is left out.
func or(value, otherwise int32) int32 {
	if value == 0 {
		return otherwise
	}
	return value
}

// every probes at the probe's pace and tells each change of the result: nil once it succeeds, an error after as many failures as the
// probe asks for.
func (w *worker) every(ctx context.Context, probe *corev1.Probe, tell func(error)) {
	wait := time.Duration(probe.InitialDelaySeconds) * time.Second
	failures, good := int32(0), false
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = time.Duration(or(probe.PeriodSeconds, 10)) * time.Second
		err := w.ask(ctx, probe)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			failures = 0
			if !good {
				good = true
				tell(nil)
			}
		default:
			failures++
			if failures == or(probe.FailureThreshold, 3) {
				good = false
				tell(err)
			}
		}
	}
}

// ask sends one HTTP probe; other kinds count as good, since none of the programs has one.
func (w *worker) ask(ctx context.Context, probe *corev1.Probe) error {
	get := probe.HTTPGet
	if get == nil {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, time.Duration(or(probe.TimeoutSeconds, 1))*time.Second)
	defer stop()
	url := fmt.Sprintf("%s://%s:%d/%s", strings.ToLower(string(get.Scheme)), w.address, get.Port.IntValue(), strings.TrimPrefix(get.Path, "/"))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := prober.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	if response.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("HTTP probe failed with statuscode: %d", response.StatusCode)
	}
	return nil
}
