import { decide, plainText } from '../engine';
import { type DaemonSet, type Node } from '../sources/objects';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { lineOf, made, refusedWith } from '../testing/planned';
import { metadata, nodeOf } from '../testing/samples';
import { labelNode } from './handlerRepairs';

const setOf = (nodeSelector: Readonly<Record<string, string>>): DaemonSet => ({ metadata: metadata('virt-handler'), spec: { template: { spec: { nodeSelector } } } });
const planOf = (node: Node | undefined, set: DaemonSet, picked = {}) =>
  decide(labelNode('worker-0'), { object: node ? evidence([node]) : absent(), set: evidence([set]) }, { now: READ_AT, labels: {}, inputs: {} }, picked).plan;
const bare = nodeOf('worker-0', { labels: { 'kubernetes.io/os': 'linux' } });

describe('giving a node the label of the placement', () => {
  it('sets what virt-handler asks for and the node lacks', () => {
    const plan = made(planOf(bare, setOf({ 'kubernetes.io/os': 'linux', 'example.com/vms': 'yes' })));
    expect(plainText(plan.sentence)).toBe('Set metadata.labels.example.com/vms of Node worker-0 from not set to yes.');
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([expect.stringContaining('{"op":"add","path":"/metadata/labels/example.com~1vms","value":"yes"}')]);
    expect(plan.undo).toMatchObject({ possible: true, operations: [{ verb: 'patch' }] });
    expect(plan.verify.map(({ id }) => id)).toEqual([expect.any(String), 'daemon-set', 'handler-nodes']);
  });

  it('says so if one label is not enough, and sets the one that was picked', () => {
    const plan = made(planOf(bare, setOf({ zone: 'a', rack: 'b' }), { label: 'rack=b' }));
    expect(plainText(plan.sentence)).toContain('metadata.labels.rack of Node worker-0');
    expect(plan.effects.map(plainText).join(' ')).toContain('2 labels');
  });

  it.each([
    ['it has them all', bare, setOf({ 'kubernetes.io/os': 'linux' }), 'affinity'], ['there is no such node', undefined, setOf({ zone: 'a' }), 'no Node'],
  ] as const)('is refused if %s', (_, node, set, words) => expect(refusedWith(planOf(node, set))).toContain(words));
});
