import { virtLauncherPodsStuckFailed as runbook } from '../runbooks/virtual-machine/VirtLauncherPodsStuckFailed';
import { launcherMetrics } from '../testing/launcherMetrics';
import { decideIn, filled } from '../testing/planned';
import { virtLauncherPodsStuckFailed as scenarios } from '../testing/scenarios/VirtLauncherPodsStuckFailed';
import { clusterOf } from '../testing/world';
import {
  bringKvmBack, closeUnreadyNode, giveMoreMemory, inspectNode, isolateNode, keepNodeOut, readFailedLog, readPendingEvents, relieveNode, updateVirtualization,
} from './launcherRepair';

it.each([
  ['keeps targets off the node of the known bug', keepNodeOut, 'launchers-per-vm'], ['keeps VMs off a node without /dev/kvm', closeUnreadyNode, 'launcher-nodes'], ['keeps VMs off a sick node', isolateNode, 'launcher-spread'],
])('%s', (_, mitigation, step) => expect(mitigation).toMatchObject({ mode: 'execute', risk: 'low', reads: { node: { name: { step, output: 'node' } } } }));

it('replaces virt-handler of that node and no other', () => {
  expect(bringKvmBack).toMatchObject({ mode: 'execute', inputs: { only: { step: 'launcher-nodes', output: 'handler' } }, reads: { pods: { labels: 'kubevirt.io=virt-handler' } } });
  expect(bringKvmBack.vms.text).toContain('VMs on that node run on');
});

it('finds that pod in a world in which a rebooted node offers no /dev/kvm', async () => {
  const scenario = scenarios.find(({ id }) => id === 'launchers-refused-after-reboot');
  if (!scenario) throw new Error('no such scenario');
  const cluster = clusterOf(scenario);
  const { plan } = await decideIn(runbook, bringKvmBack, cluster, { metrics: launcherMetrics(cluster, scenario.sinceMinutes) });
  const [node] = cluster.list('Node').filter(({ status }) => status.allocatable['devices.kubevirt.io/kvm'] === '0');
  const handler = cluster.list('Pod').find(({ metadata, spec }) => metadata.labels?.['kubevirt.io'] === 'virt-handler' && spec.nodeName === node?.metadata.name);
  expect(plan?.operations.map(({ target }) => target.name)).toEqual([handler?.metadata.name]);
});

it('looks at a sick node without touching it', () => {
  expect(filled(inspectNode, { node: 'worker-0', namespace: 'openshift-cnv' })).toContain('oc adm node-logs worker-0 -u kubelet --tail=200');
  expect(inspectNode.risk).toBe('none');
});

it('finds what a node ran out of without touching anything', () => {
  const commands = filled(relieveNode, { node: 'worker-0' });
  expect(commands[0]).toBe('oc describe node worker-0');
  expect(commands.filter((command) => !/^oc (describe|get|adm top) /.test(command))).toEqual([]);
});

it('leads to the newest failed pod, to the pending one, and to the subscriptions', () => {
  expect(readFailedLog).toMatchObject({ place: { page: 'object', name: { step: 'launcher-ends', output: 'pod' }, tab: 'logs' } });
  expect(readPendingEvents).toMatchObject({ place: { page: 'object', name: { step: 'launchers-pending', output: 'pod' }, tab: 'events' } });
  expect(updateVirtualization).toMatchObject({ place: { page: 'list', of: { kind: 'Subscription' } } });
  expect(filled(readFailedLog, { namespace: 'shop', pod: 'virt-launcher-db-x' })).toEqual(['oc logs -n shop virt-launcher-db-x -c compute --tail=200']);
});

it('does not change the memory of a VM that is somebody else’s', () => expect(giveMoreMemory).toMatchObject({ mode: 'manual', risk: 'medium' }));
