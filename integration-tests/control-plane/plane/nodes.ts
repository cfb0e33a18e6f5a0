import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../../sandbox/launch/port';
import { type ApiServer } from '../launch/apiServer';
import { ADMIN } from '../launch/users';

/** A node: kwok says once a minute that it is fine; there is no machine. */
export interface SimulatedNode {
  name: string;
  address: string;
  role: 'control-plane' | 'worker';
}

/** virt-operator, virt-api and virt-controller go to the first; VMs to the others. */
export const NODES: readonly SimulatedNode[] = [
  { name: 'control-plane-0', address: '10.0.1.1', role: 'control-plane' },
  { name: 'worker-0', address: '10.0.1.11', role: 'worker' },
  { name: 'worker-1', address: '10.0.1.12', role: 'worker' },
];

/** Where the API server asks for logs; the agent answers for all nodes. */
export const KUBELET_PORT = 10_250;

const DEVICES = { 'devices.kubevirt.io/kvm': '1k', 'devices.kubevirt.io/tun': '1k', 'devices.kubevirt.io/vhost-net': '1k' };

const nodeObject = ({ name, address, role }: SimulatedNode): object => {
  const room = { cpu: '16', memory: '64Gi', pods: '2k', 'ephemeral-storage': '200Gi', ...(role === 'worker' ? DEVICES : {}) };
  return {
    apiVersion: 'v1', kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', [`node-role.kubernetes.io/${role}`]: '', 'machine-type.node.kubevirt.io/q35': 'true' },
    },
    status: {
      addresses: [{ type: 'InternalIP', address }, { type: 'Hostname', address: name }], capacity: room, allocatable: room,
      nodeInfo: { kubeletVersion: 'v1.35.4', operatingSystem: 'linux', architecture: 'amd64' },
    },
  };
};

const expression = (key: string, operator: string, values?: readonly string[]): object => ({ key, operator, ...(values === undefined ? {} : { values }) });
const DELETED = '.metadata.deletionTimestamp';
const PHASE = '.status.phase';
const COMMAND = '.spec.containers.[0].command.[0]';

/** What becomes of a pod whose program is not run: it runs at once, a Job's pod succeeds, a deleted one goes. `real` are the first words of commands that are run. */
const podStages = (real: readonly string[]): readonly object[] => {
  const notReal = expression(COMMAND, 'NotIn', real);
  const stage = (name: string, matchExpressions: readonly object[], next: object): object => ({
    apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind: 'Pod' }, selector: { matchExpressions: [...matchExpressions, notReal] }, next },
  });
  return [
    // A pod that a test made Failed stays it.
    stage('pod-ready', [expression(DELETED, 'DoesNotExist'), expression('.status.podIP', 'DoesNotExist'), expression(PHASE, 'NotIn', ['Succeeded', 'Failed'])], { statusTemplate: RUNNING }),
    stage('pod-complete', [expression(DELETED, 'DoesNotExist'), expression(PHASE, 'In', ['Running']), expression('.metadata.ownerReferences.[].kind', 'In', ['Job'])], { statusTemplate: 'phase: Succeeded\n' }),
    stage('pod-delete', [expression(DELETED, 'Exists')], { finalizers: { empty: true }, delete: true }),
  ];
};

const CONDITIONS = ['Initialized', 'Ready', 'ContainersReady'].map((type) => `- type: ${type}\n  status: "True"\n  lastTransitionTime: {{ $now | Quote }}\n`).join('');

/** kwok's template language: Go's, with functions of its own. */
const RUNNING = `{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
conditions:
${CONDITIONS}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  state:
    running:
      startedAt: {{ $now | Quote }}
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
{{ end }}
`;

/** Makes the nodes and starts kwok, which keeps them ready. `real` are the commands whose pods are not kwok's. */
export async function startNodes(server: ApiServer, kwok: string, real: readonly string[]): Promise<void> {
  for (const node of NODES) {
    const { status, body } = await server.as(ADMIN.name)({ method: 'POST', path: '/api/v1/nodes', body: nodeObject(node) });
    if (status !== 201) throw new Error(`Node ${node.name} was refused: ${body}`);
  }
  const config = path.join(server.dir, 'kwok.yaml');
  await writeFile(config, podStages(real).map((stage) => JSON.stringify(stage)).join('\n---\n'));
  server.start('kwok', kwok, [
    `--kubeconfig=${await server.kubeconfigOf('control-plane:kwok')}`, `--config=${config}`, '--manage-all-nodes=true', '--cidr=10.246.0.0/16',
    '--node-lease-duration-seconds=40', `--node-port=${KUBELET_PORT}`, `--server-address=127.0.0.1:${await freePort()}`,
  ]);
}
