/** Go modules of ours below `go/`: each pins what it builds by its go.mod and go.sum. */
export type Module = 'kubernetes' | 'kubevirt' | 'kwok' | 'state-metrics' | 'agent';

/** One program of the control plane. */
export interface Program {
  module: Module;
  /** The Go package it is built from: an upstream project's own main, unchanged, unless it begins with `./`. */
  from: string;
}

const KUBERNETES = 'k8s.io/kubernetes/cmd';
const KUBEVIRT = 'kubevirt.io/kubevirt/cmd';

/** Every program that can run here. Versions stand in the go.mod of the module. */
export const PROGRAMS = {
  etcd: { module: 'kubernetes', from: 'go.etcd.io/etcd/server/v3' },
  'kube-apiserver': { module: 'kubernetes', from: `${KUBERNETES}/kube-apiserver` },
  certificates: { module: 'agent', from: './certificates' },
  'kube-controller-manager': { module: 'kubernetes', from: `${KUBERNETES}/kube-controller-manager` },
  'kube-scheduler': { module: 'kubernetes', from: `${KUBERNETES}/kube-scheduler` },
  kubectl: { module: 'kubernetes', from: `${KUBERNETES}/kubectl` },
  kwok: { module: 'kwok', from: 'sigs.k8s.io/kwok/cmd/kwok' },
  'pod-agent': { module: 'agent', from: './pod-agent' },
  'virt-handler': { module: 'agent', from: './virt-handler' },
  manifest: { module: 'kubevirt', from: './manifest' },
  'virt-operator': { module: 'kubevirt', from: `${KUBEVIRT}/virt-operator` },
  'virt-controller': { module: 'kubevirt', from: `${KUBEVIRT}/virt-controller` },
  'virt-api': { module: 'kubevirt', from: `${KUBEVIRT}/virt-api` },
  'kube-state-metrics': { module: 'state-metrics', from: 'k8s.io/kube-state-metrics/v2' },
} as const satisfies Record<string, Program>;

/** The name of a program. */
export type ProgramName = keyof typeof PROGRAMS;

/** What the API server alone needs. */
export const API_SERVER: readonly ProgramName[] = ['etcd', 'kube-apiserver', 'certificates', 'kubectl'];

/** Everything, in the order in which it is built. */
export const ALL = Object.keys(PROGRAMS) as readonly ProgramName[];

/** Kubernetes' programs call themselves `v0.0.0-master+$Format:%H$` unless they are told who they are, and kubectl cannot parse that. */
export const LINKED: Readonly<Partial<Record<Module, Readonly<Record<string, string>>>>> = {
  kubernetes: {
    'k8s.io/component-base/version.gitVersion': 'v1.35.4',
    'k8s.io/component-base/version.gitMajor': '1',
    'k8s.io/component-base/version.gitMinor': '35',
  },
  kubevirt: { 'kubevirt.io/client-go/version.gitVersion': 'v1.8.4' },
};
