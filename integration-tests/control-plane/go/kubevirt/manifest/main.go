// Command manifest prints, as one JSON list, what KubeVirt's release manifest consists of: every custom resource
// definition, the priority class, the rights of virt-operator and its Deployment, from KubeVirt's own generators.
// The definitions that virt-operator would otherwise create carry its label, so that it takes them as its own.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	virtv1 "kubevirt.io/api/core/v1"

	"kubevirt.io/kubevirt/pkg/virt-operator/resource/generate/components"
	"kubevirt.io/kubevirt/pkg/virt-operator/resource/generate/rbac"
)

const (
	release    = "v1.8.4"
	repository = "quay.io/kubevirt"
)

type list struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Items      []any  `json:"items"`
}

// definitions returns all definitions of KubeVirt's kinds; virt-operator's informers wait for each of them.
func definitions() ([]any, error) {
	own, err := components.NewKubeVirtCrd()
	if err != nil {
		return nil, err
	}
	items := []any{own}
	for _, generate := range []func() (*extv1.CustomResourceDefinition, error){
		components.NewVirtualMachineInstanceCrd,
		components.NewVirtualMachineCrd,
		components.NewPresetCrd,
		components.NewReplicaSetCrd,
		components.NewVirtualMachineInstanceMigrationCrd,
		components.NewVirtualMachinePoolCrd,
		components.NewVirtualMachineSnapshotCrd,
		components.NewVirtualMachineSnapshotContentCrd,
		components.NewVirtualMachineRestoreCrd,
		components.NewVirtualMachineExportCrd,
		components.NewVirtualMachineBackupCrd,
		components.NewVirtualMachineBackupTrackerCrd,
		components.NewVirtualMachineInstancetypeCrd,
		components.NewVirtualMachineClusterInstancetypeCrd,
		components.NewVirtualMachinePreferenceCrd,
		components.NewVirtualMachineClusterPreferenceCrd,
		components.NewMigrationPolicyCrd,
		components.NewVirtualMachineCloneCrd,
	} {
		definition, err := generate()
		if err != nil {
			return nil, err
		}
		if definition.Labels == nil {
			definition.Labels = map[string]string{}
		}
		definition.Labels[virtv1.ManagedByLabel] = virtv1.ManagedByLabelOperatorValue
		items = append(items, definition)
	}
	return items, nil
}

// operator returns what an administrator applies to install virt-operator.
func operator(namespace string) []any {
	items := []any{
		&corev1.Namespace{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
			ObjectMeta: metav1.ObjectMeta{Name: namespace, Labels: map[string]string{"kubevirt.io": ""}},
		},
		components.NewKubeVirtPriorityClassCR(),
	}
	for _, object := range rbac.GetAllOperator(namespace) {
		items = append(items, object)
	}
	deployment := components.NewOperatorDeployment(namespace, repository, "", release, "2",
		release, "", "", "", "", "", "", "", "", "", "", "", "", "", "", corev1.PullIfNotPresent)
	return append(items, deployment)
}

func main() {
	namespace := flag.String("namespace", "kubevirt", "the namespace KubeVirt is installed in")
	part := flag.String("part", "definitions", "definitions or operator")
	flag.Parse()
	items := operator(*namespace)
	if *part == "definitions" {
		var err error
		if items, err = definitions(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(list{APIVersion: "v1", Kind: "List", Items: items}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
