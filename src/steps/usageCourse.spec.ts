import { type Series } from '../engine/source';
import { type Node } from '../sources/objects';
import { evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { componentUsage, memory, requestsShipped } from './componentUsage';
import { usageCourse } from './usageCourse';

const day = (value: (part: number) => number, points = 49) => evidence<Series>([{ labels: {}, points: Array.from({ length: points }, (_, index) => [index, value(index / (points - 1))] as const) }]);
const node = (type: string, status: string) => evidence<Node>([{ metadata: { name: 'worker-1', uid: 'n', resourceVersion: '1' }, status: { conditions: [{ type, status }] } }]);

const calm = node('MemoryPressure', 'False');
const flat = day(() => 24);
const inputs = { request: 300, others: false, patched: false };

testStep(usageCourse(memory, componentUsage(memory), requestsShipped), {
  'it is what it was': { given: { used: day((part) => 400 + 5 * Math.sin(40 * part)), vms: flat, node: calm }, inputs, finds: ['info', 'steady'] },
  'it doubles within a day': { given: { used: day((part) => 300 + 300 * part), vms: flat, node: calm }, inputs, finds: ['warn', 'growing'] },
  'it doubles, and how many VMs run is not known': { given: { used: day((part) => 300 + 300 * part), vms: unread('vms'), node: calm }, inputs, finds: ['warn', 'growing'] },
  'it doubles with the VMs': { given: { used: day((part) => 300 + 300 * part), vms: day((part) => 20 + 20 * part), node: calm }, inputs, finds: ['info', 'grewWithVms'] },
  'it rose an hour ago': { given: { used: day((part) => (part > 0.97 ? 900 : 200)), vms: flat, node: calm }, inputs, finds: ['info', 'spike'] },
  'the pod is young': { given: { used: day((part) => 300 + 300 * part, 6), vms: flat, node: calm }, inputs, finds: ['info', 'noHistory'] },
  'its node is under pressure': { given: { used: day(() => 400), vms: flat, node: node('MemoryPressure', 'True') }, inputs, finds: ['warn', 'nodePressed'], says: 'worker-1' },
  'the node may not be read': { given: { used: day(() => 400), vms: flat, node: unread('node') }, inputs, finds: ['info', 'steady'] },
  'others of its pod use it': { given: { used: day(() => 400), vms: flat, node: calm }, inputs: { ...inputs, others: true }, finds: ['info', 'otherContainers'] },
  'its request was patched': { given: { used: day(() => 400), vms: flat, node: calm }, inputs: { ...inputs, patched: true }, finds: ['warn', 'patched'] },
});
