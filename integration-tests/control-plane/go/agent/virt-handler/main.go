// Command virt-handler is a stand-in for KubeVirt's program of that name, which needs libvirt and the node's root file system.
//
// It runs as that pod, with its service account, and does what the others of KubeVirt wait for: it marks its node as
// schedulable once a minute, says of a VM instance that was given to its node that it runs, and of one that is deleted that it ended. There
// are no VMs behind that: everything it writes is simulated.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

const (
	heartbeat    = time.Minute
	certificates = "/etc/virt-handler/servercertificates"
)

var (
	nodes     = schema.GroupVersionResource{Version: "v1", Resource: "nodes"}
	instances = schema.GroupVersionResource{Group: "kubevirt.io", Version: "v1", Resource: "virtualmachineinstances"}
)

// argument is the word after a flag; the real program's other flags are ignored.
func argument(flag string) string {
	for i, word := range os.Args[:len(os.Args)-1] {
		if word == flag {
			return os.Args[i+1]
		}
	}
	return ""
}

type handler struct {
	client dynamic.Interface
	node   string
}

// beat tells virt-controller that VMs may be scheduled here: it takes the node out after five minutes of silence.
func (h *handler) beat(ctx context.Context) {
	for {
		h.patch(ctx, nodes, "", h.node, map[string]any{"metadata": map[string]any{
			"labels":      map[string]any{"kubevirt.io/schedulable": "true"},
			"annotations": map[string]any{"kubevirt.io/heartbeat": time.Now().UTC().Format(time.RFC3339)},
		}})
		select {
		case <-ctx.Done():
			return
		case <-time.After(heartbeat):
		}
	}
}

func (h *handler) patch(ctx context.Context, of schema.GroupVersionResource, namespace, name string, change map[string]any) {
	content, err := json.Marshal(change)
	if err == nil {
		_, err = h.client.Resource(of).Namespace(namespace).Patch(ctx, name, types.MergePatchType, content, metav1.PatchOptions{})
	}
	if err != nil && ctx.Err() == nil {
		log.Printf("%s %s/%s: %v", of.Resource, namespace, name, err)
	}
}

// see moves a VM instance of this node on, as libvirt would.
func (h *handler) see(ctx context.Context, instance *unstructured.Unstructured) {
	phase, _, _ := unstructured.NestedString(instance.Object, "status", "phase")
	node, _, _ := unstructured.NestedString(instance.Object, "status", "nodeName")
	if node != h.node {
		return
	}
	var status map[string]any
	switch {
	case instance.GetDeletionTimestamp() != nil && phase != "Succeeded" && phase != "Failed":
		status = map[string]any{"phase": "Succeeded"}
	case instance.GetDeletionTimestamp() == nil && phase == "Scheduled":
		status = map[string]any{"phase": "Running", "conditions": conditions(instance)}
	default:
		return
	}
	h.patch(ctx, instances, instance.GetNamespace(), instance.GetName(), map[string]any{"status": status})
}

// conditions are those of the instance with Ready and LiveMigratable true.
func conditions(instance *unstructured.Unstructured) []any {
	present, _, _ := unstructured.NestedSlice(instance.Object, "status", "conditions")
	var all []any
	for _, condition := range present {
		if c, ok := condition.(map[string]any); ok && c["type"] != "Ready" && c["type"] != "LiveMigratable" {
			all = append(all, c)
		}
	}
	now := time.Now().UTC().Format(time.RFC3339)
	for _, kind := range []string{"Ready", "LiveMigratable"} {
		all = append(all, map[string]any{"type": kind, "status": "True", "lastProbeTime": now, "lastTransitionTime": now})
	}
	return all
}

// serve answers the probes, and the one metric without which NoReadyVirtHandler would fire.
func serve(address string) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(response http.ResponseWriter, _ *http.Request) { fmt.Fprintln(response, "ok") })
	mux.HandleFunc("/metrics", func(response http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(response, "# TYPE kubevirt_virt_handler_ready_status gauge\nkubevirt_virt_handler_ready_status 1\n")
	})
	server := &http.Server{Addr: address, Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServeTLS(certificates+"/tls.crt", certificates+"/tls.key")
}

func run(ctx context.Context) error {
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	h := &handler{client: client, node: argument("--hostname-override")}
	go h.beat(ctx)
	factory := dynamicinformer.NewDynamicSharedInformerFactory(client, 30*time.Second)
	see := func(object any) { h.see(ctx, object.(*unstructured.Unstructured)) }
	if _, err := factory.ForResource(instances).Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: see, UpdateFunc: func(_, object any) { see(object) },
	}); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	failed := make(chan error, 1)
	go func() { failed <- serve(argument("--listen") + ":" + argument("--port")) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}
