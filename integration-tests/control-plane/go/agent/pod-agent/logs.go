package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// simulatedLog is the annotation under which a pod that is not run carries the log it would have had.
const simulatedLog = "control-plane.test/log"

// serveLogs answers GET /containerLogs/NAMESPACE/POD/CONTAINER as a kubelet does, without following.
func (m *manager) serveLogs(response http.ResponseWriter, request *http.Request) {
	parts := strings.Split(strings.TrimPrefix(request.URL.Path, "/"), "/")
	if len(parts) != 4 || parts[0] != "containerLogs" {
		http.NotFound(response, request)
		return
	}
	lines, err := m.linesOf(request, parts[1], parts[2], parts[3])
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	response.Header().Set("Content-Type", "text/plain")
	_, _ = response.Write([]byte(selectLines(lines, request.URL.Query())))
}

// linesOf are the lines of a container's log, each with its time in front.
func (m *manager) linesOf(request *http.Request, namespace, name, container string) ([]string, error) {
	w := m.find(namespace, name)
	if w == nil {
		return m.simulatedLines(request, namespace, name)
	}
	w.status.mutex.Lock()
	number, waiting := w.status.restarts, w.status.state.Waiting
	ended := w.status.state.Terminated != nil || waiting != nil
	w.status.mutex.Unlock()
	if request.URL.Query().Get("previous") == "true" {
		if number == 0 {
			return nil, fmt.Errorf("previous terminated container %q in pod %q not found", container, name)
		}
		number--
	} else if ended && number > 0 {
		// Between two runs the kubelet shows the one that ended.
		number--
	}
	content, err := os.ReadFile(w.logName(number))
	if err != nil {
		reason := "ContainerCreating"
		if waiting != nil {
			reason = waiting.Reason
		}
		return nil, fmt.Errorf("container %q in pod %q is waiting to start: %s", container, name, reason)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n"), nil
}

func (m *manager) simulatedLines(request *http.Request, namespace, name string) ([]string, error) {
	pod, err := m.pods.Pods(namespace).Get(name)
	if err != nil {
		return nil, err
	}
	if request.URL.Query().Get("previous") == "true" {
		return nil, fmt.Errorf("previous terminated container in pod %q not found", name)
	}
	text := pod.Annotations[simulatedLog]
	if text == "" {
		return nil, nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n"), nil
}

// selectLines applies sinceSeconds, sinceTime, tailLines, timestamps and limitBytes, in the kubelet's order.
func selectLines(lines []string, query url.Values) string {
	since := time.Time{}
	if seconds, err := strconv.Atoi(query.Get("sinceSeconds")); err == nil {
		since = time.Now().Add(-time.Duration(seconds) * time.Second)
	}
	if at, err := time.Parse(time.RFC3339, query.Get("sinceTime")); err == nil {
		since = at
	}
	tail, err := strconv.Atoi(query.Get("tailLines"))
	if err == nil && tail < len(lines) {
		lines = lines[len(lines)-tail:]
	}
	var text strings.Builder
	for _, line := range lines {
		stamp, rest, _ := strings.Cut(line, " ")
		if at, err := time.Parse(time.RFC3339Nano, stamp); line == "" || (err == nil && at.Before(since)) {
			continue
		}
		if query.Get("timestamps") != "true" {
			line = rest
		}
		text.WriteString(line + "\n")
	}
	if limit, err := strconv.Atoi(query.Get("limitBytes")); err == nil && limit < text.Len() {
		return text.String()[:limit]
	}
	return text.String()
}
