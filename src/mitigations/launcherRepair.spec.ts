import { filled } from '../testing/planned';
import {
  bringKvmBack, closeUnreadyNode, giveMoreMemory, inspectNode, isolateNode, keepNodeOut, readFailedLog, readPendingEvents, relieveNode, updateVirtualization,
} from './launcherRepair';

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
