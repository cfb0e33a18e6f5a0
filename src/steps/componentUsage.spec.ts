import { type HyperConverged, type KubeVirt } from '../sources/objects';
import { READ_AT, evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { componentUsage, cpu, requestsShipped } from './componentUsage';

const one = (value: number, labels: Readonly<Record<string, string>> = {}) => ({ labels, points: [[READ_AT / 1000, value] as const] });
const none = evidence<ReturnType<typeof one>>([]);
const inputs = { container: 'virt-handler' };
const containers = (own: number, other: number) => evidence([one(own, { container: 'virt-handler' }), one(other, { container: 'pr-helper' })]);

testStep(componentUsage(cpu), {
  'it uses four times as much': {
    given: { requested: evidence([one(0.01)]), used: containers(0.04, 0), ofPod: evidence([one(0.04)]) }, inputs, finds: ['warn', 'above'], says: '40m', out: { others: false, request: 0.01 },
  },
  'its neighbour in the pod does': {
    given: { requested: evidence([one(0.01)]), used: containers(0.006, 0.009), ofPod: evidence([one(0.015)]) }, inputs, finds: ['warn', 'otherContainers'], out: { others: true },
  },
  'it uses less': { given: { requested: evidence([one(0.01)]), used: containers(0.004, 0), ofPod: evidence([one(0.004)]) }, inputs, finds: ['pass', 'below'], out: { others: false } },
  'the pod is gone': { given: { requested: none, used: none, ofPod: none }, inputs, finds: ['info', 'noSeries'], out: { others: false, request: 0 } },
});

const kubevirt = (...patches: readonly { resourceName: string; patch: string }[]) =>
  evidence<KubeVirt>([{ metadata: { name: 'kubevirt', uid: 'k', resourceVersion: '1' }, spec: { customizeComponents: { patches } } }]);
const lowered = { resourceName: 'virt-handler', patch: '{"spec":{"template":{"spec":{"containers":[{"name":"virt-handler","resources":{"requests":{"cpu":"1m"}}}]}}}}' };
const hco = (annotations: Readonly<Record<string, string>> = {}) => evidence<HyperConverged>([{ metadata: { name: 'kubevirt-hyperconverged', uid: 'h', resourceVersion: '1', annotations } }]);

testStep(requestsShipped, {
  'nobody patched anything': { given: { kubevirts: kubevirt(), hco: hco() }, inputs, finds: ['pass', 'shipped'], out: { patched: false } },
  'another component is patched': { given: { kubevirts: kubevirt({ ...lowered, resourceName: 'virt-api' }), hco: hco() }, inputs, finds: ['pass', 'shipped'] },
  'something else of it is patched': { given: { kubevirts: kubevirt({ ...lowered, patch: '{"spec":{}}' }), hco: hco() }, inputs, finds: ['pass', 'shipped'] },
  'it is patched through HyperConverged': {
    given: { kubevirts: kubevirt(lowered), hco: hco({ 'kubevirt.kubevirt.io/jsonpatch': '[]' }) }, inputs, finds: ['warn', 'patched'], says: 'annotation kubevirt.kubevirt.io/jsonpatch', out: { patched: true },
  },
  'it is patched, and HyperConverged may not be read': { given: { kubevirts: kubevirt(lowered), hco: unread('hco') }, inputs, finds: ['warn', 'patched'] },
});
