package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// refill is how often volumes follow their secrets; the kubelet takes about a minute.
const refill = 3 * time.Second

// files is what a volume holds, by path below it.
type files map[string][]byte

func (w *worker) volumeDir(name string) string {
	return filepath.Join(w.dir, "volumes", name)
}

// mounts are the container's volumes as folders of ours.
func (w *worker) mounts(pod *corev1.Pod, container *corev1.Container) []mount {
	var all []mount
	for _, m := range container.VolumeMounts {
		all = append(all, mount{Source: w.volumeDir(m.Name), Target: m.MountPath})
	}
	return all
}

// fillVolumes writes what is not there or differs. The error says what is missing, in the kubelet's words.
func (w *worker) fillVolumes() error {
	pod := w.pod()
	for _, volume := range pod.Spec.Volumes {
		content, err := w.contentOf(pod, volume)
		if err != nil {
			return fmt.Errorf("MountVolume.SetUp failed for volume %q : %w", volume.Name, err)
		}
		if err := content.writeTo(w.volumeDir(volume.Name)); err != nil {
			return err
		}
	}
	return nil
}

// keepVolumesFilled goes on until the function it returns is called: certificates are rotated, tokens run out.
func (w *worker) keepVolumesFilled() func() {
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(refill):
				_ = w.fillVolumes()
			}
		}
	}()
	return func() { close(done) }
}

func (w *worker) contentOf(pod *corev1.Pod, volume corev1.Volume) (files, error) {
	switch {
	case volume.Secret != nil:
		return w.secret(pod, volume.Secret.SecretName, volume.Secret.Items, volume.Secret.Optional)
	case volume.ConfigMap != nil:
		return w.configMap(pod, volume.ConfigMap.Name, volume.ConfigMap.Items, volume.ConfigMap.Optional)
	case volume.DownwardAPI != nil:
		return w.downward(pod, volume.DownwardAPI.Items), nil
	case volume.Projected != nil:
		return w.projected(pod, volume.Projected.Sources)
	default:
		return files{}, nil
	}
}

func (w *worker) projected(pod *corev1.Pod, sources []corev1.VolumeProjection) (files, error) {
	all := files{}
	for _, source := range sources {
		var some files
		var err error
		switch {
		case source.ServiceAccountToken != nil:
			some, err = w.token(pod, source.ServiceAccountToken)
		case source.ConfigMap != nil:
			some, err = w.configMap(pod, source.ConfigMap.Name, source.ConfigMap.Items, source.ConfigMap.Optional)
		case source.Secret != nil:
			some, err = w.secret(pod, source.Secret.Name, source.Secret.Items, source.Secret.Optional)
		case source.DownwardAPI != nil:
			some = w.downward(pod, source.DownwardAPI.Items)
		}
		if err != nil {
			return nil, err
		}
		for name, content := range some {
			all[name] = content
		}
	}
	return all, nil
}

// absent is no error for what may be missing.
func absent(err error, optional *bool) error {
	if apierrors.IsNotFound(err) && optional != nil && *optional {
		return nil
	}
	return err
}

// pick returns the keys that are asked for, under the names that are asked for, or all.
func pick[T any](data map[string]T, items []corev1.KeyToPath, bytesOf func(T) []byte) files {
	some := files{}
	if len(items) == 0 {
		for key, value := range data {
			some[key] = bytesOf(value)
		}
	}
	for _, item := range items {
		if value, found := data[item.Key]; found {
			some[item.Path] = bytesOf(value)
		}
	}
	return some
}

func (w *worker) secret(pod *corev1.Pod, name string, items []corev1.KeyToPath, optional *bool) (files, error) {
	secret, err := w.secrets.Secrets(pod.Namespace).Get(name)
	if err != nil {
		return files{}, absent(err, optional)
	}
	return pick(secret.Data, items, func(value []byte) []byte { return value }), nil
}

func (w *worker) configMap(pod *corev1.Pod, name string, items []corev1.KeyToPath, optional *bool) (files, error) {
	configMap, err := w.configMaps.ConfigMaps(pod.Namespace).Get(name)
	if err != nil {
		return files{}, absent(err, optional)
	}
	return pick(configMap.Data, items, func(value string) []byte { return []byte(value) }), nil
}

func (w *worker) downward(pod *corev1.Pod, items []corev1.DownwardAPIVolumeFile) files {
	some := files{}
	for _, item := range items {
		if item.FieldRef != nil {
			some[item.Path] = []byte(w.field(pod, item.FieldRef.FieldPath))
		}
	}
	return some
}

// token asks for a token that is bound to the pod, once in four fifths of its life.
func (w *worker) token(pod *corev1.Pod, projection *corev1.ServiceAccountTokenProjection) (files, error) {
	file := filepath.Join(w.dir, "token-"+filepath.Base(projection.Path))
	seconds := int64(3600)
	if projection.ExpirationSeconds != nil {
		seconds = *projection.ExpirationSeconds
	}
	if written, err := os.Stat(file); err == nil && time.Since(written.ModTime()) < time.Duration(seconds)*time.Second*4/5 {
		content, err := os.ReadFile(file)
		return files{projection.Path: content}, err
	}
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{
		ExpirationSeconds: &seconds,
		BoundObjectRef:    &authenticationv1.BoundObjectReference{APIVersion: "v1", Kind: "Pod", Name: pod.Name, UID: pod.UID},
	}}
	if projection.Audience != "" {
		request.Spec.Audiences = []string{projection.Audience}
	}
	answer, err := w.client.CoreV1().ServiceAccounts(pod.Namespace).CreateToken(w.gone, pod.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	if err != nil {
		return nil, err
	}
	content := []byte(answer.Status.Token)
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return nil, err
	}
	return files{projection.Path: content}, os.WriteFile(file, content, 0o600)
}

// writeTo puts every file in place by a rename, so that nobody reads half of one, and takes away what is no longer there.
func (f files) writeTo(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	present, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range present {
		if _, wanted := f[entry.Name()]; !wanted {
			_ = os.RemoveAll(filepath.Join(dir, entry.Name()))
		}
	}
	for name, content := range f {
		file := filepath.Join(dir, name)
		if before, err := os.ReadFile(file); err == nil && bytes.Equal(before, content) {
			continue
		}
		if err := os.WriteFile(file+".part", content, 0o644); err != nil {
			return err
		}
		if err := os.Rename(file+".part", file); err != nil {
			return err
		}
	}
	return nil
}
