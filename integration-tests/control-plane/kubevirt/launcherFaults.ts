import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { NODES } from '../plane/nodes';
import { merge, read, write } from '../plane/objects';
import { until } from '../plane/wait';
import { type Fault } from './fault';

const TENANTS = ['web-shop', 'billing', 'analytics', 'build-farm', 'staging', 'training'] as const;
const LAUNCHERS = 300;
const WORKERS = NODES.filter(({ role }) => role === 'worker');

const launcher = (number: number): object => ({
  apiVersion: 'v1', kind: 'Pod',
  metadata: { name: `virt-launcher-vm-${number}-x${number}`, labels: { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': `vm-${number}` }, annotations: { 'kubevirt.io/domain': `vm-${number}` } },
  spec: { nodeName: WORKERS[number % WORKERS.length]?.name, restartPolicy: 'Never', containers: [{ name: 'compute', image: 'quay.io/kubevirt/virt-launcher:v1.8.4' }] },
});

const outOfMemory = (): object => {
  const at = new Date().toISOString().replace(/\.\d+/, '');
  return {
    phase: 'Failed',
    containerStatuses: [{
      name: 'compute', image: 'quay.io/kubevirt/virt-launcher:v1.8.4', imageID: '', ready: false, restartCount: 0,
      state: { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: at, finishedAt: at } },
    }],
  };
};

async function failLaunchers({ server }: ControlPlane): Promise<void> {
  const send = server.as(ADMIN.name);
  for (const name of TENANTS) await write(send, 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  // A namespace takes pods once it has its service account.
  for (const name of TENANTS) await until(`the account of ${name}`, 60, () => read(send, `/api/v1/namespaces/${name}/serviceaccounts/default`));
  await Promise.all(Array.from({ length: LAUNCHERS }, async (_, number) => {
    const pods = `/api/v1/namespaces/${TENANTS[number % TENANTS.length] ?? ''}/pods`;
    await write(send, 'POST', pods, launcher(number));
    await merge(send, `${pods}/virt-launcher-vm-${number}-x${number}/status`, { status: outOfMemory() });
  }));
}

/** What makes virt-launcher pods fail: they are simulated, and so is how they ended. */
export const LAUNCHER_FAULTS: readonly Fault[] = [
  {
    id: 'launchers-out-of-memory', title: `${LAUNCHERS} launcher pods in ${TENANTS.length} namespaces were killed for memory (simulated)`, alert: 'VirtLauncherPodsStuckFailed', cause: 'launchers-out-of-memory',
    begin: failLaunchers,
    end: async ({ server }) => {
      for (const name of TENANTS) await write(server.as(ADMIN.name), 'DELETE', `/api/v1/namespaces/${name}`);
    },
  },
];
