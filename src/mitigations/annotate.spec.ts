import { type Picked, type Plan, type Refusal, decide, label, msg, plainText } from '../engine';
import { kinds } from '../sources/kinds';
import { node } from '../sources/nodes';
import { type HyperConverged, type Node } from '../sources/objects';
import { hyperConvergeds } from '../sources/virtualization';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { lineOf, made, needOf, refusedWith } from '../testing/planned';
import { metadata } from '../testing/samples';
import { annotate } from './annotate';

const WORDS = { id: 'x', title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.') } as const;
const says = () => ({ effects: [], vmsAffected: msg('None.') });
const KEY = 'kubevirt.kubevirt.io/jsonpatch';

const setLabel = annotate<Node>({
  ...WORDS, of: kinds.Node, object: node('worker-0'), where: 'labels', key: 'example.com/zone', says, value: ({ zone }) => zone,
  choices: () => [{ id: 'zone', kind: 'one', asks: msg('Which?'), options: [{ value: 'a', label: msg('a') }, { value: 'b', label: msg('b') }] }],
});
const takeOff = annotate({
  ...WORDS, of: kinds.HyperConverged, object: hyperConvergeds('all namespaces'), inputs: { annotation: label('annotation_name') }, where: 'annotations',
  key: (_, { annotation }) => annotation, value: () => undefined, says,
  refuses: ({ metadata: { annotations = {} } }) => (KEY in annotations ? undefined : msg('It is not there.')),
});

const hyperConverged = (annotations?: Record<string, string>): HyperConverged => ({ apiVersion: 'hco.kubevirt.io/v1', metadata: metadata('hco', { uid: 'h', resourceVersion: '9', ...(annotations ? { annotations } : {}) }) });
const planOf = (mitigation: typeof takeOff, object: readonly object[], picked: Picked = {}): Plan | Refusal =>
  decide(mitigation, { object: object.length > 0 ? evidence(object) : absent() }, { now: READ_AT, labels: {}, inputs: { annotation: KEY } }, picked).plan;

describe('taking an annotation off', () => {
  it('escapes its key, tests its value, and keeps it for the undo', () => {
    const plan = made(planOf(takeOff, [hyperConverged({ [KEY]: '[{}]' })]));
    const path = '/metadata/annotations/kubevirt.kubevirt.io~1jsonpatch';
    expect(plainText(plan.sentence)).toBe('Set metadata.annotations.kubevirt.kubevirt.io/jsonpatch of HyperConverged hco from [{}] to not set.');
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      `PATCH /apis/hco.kubevirt.io/v1/namespaces/openshift-cnv/hyperconvergeds/hco?fieldManager=virt-runbooks-plugin [{"op":"test","path":"/metadata/uid","value":"h"},{"op":"test","path":"${path}","value":"[{}]"},{"op":"remove","path":"${path}"}]`,
    ]);
    expect(plan.operations.map(needOf)).toEqual(['patch hyperconvergeds hco.kubevirt.io openshift-cnv hco']);
    expect(plan.undo).toMatchObject({ operations: [{ patch: [{ op: 'add', path, value: '[{}]' }], expects: { [path]: undefined } }] });
  });

  it.each<[string, readonly object[], string]>([
    ['there is no object', [], 'There is no HyperConverged'], ['it is not there', [hyperConverged({ other: 'x' })], 'It is not there.'], ['there is none at all', [hyperConverged()], 'It is not there.'],
  ])('is refused if %s', (_, object, words) => expect(refusedWith(planOf(takeOff, object))).toContain(words));
});

describe('setting a label', () => {
  const of = (labels?: Record<string, string>) => ({ metadata: { name: 'worker-0', uid: 'n', resourceVersion: '3', ...(labels ? { labels } : {}) } });

  it('takes the value that was picked, and makes the labels where there are none', () => {
    const plan = made(planOf(setLabel, [of()], { zone: 'b' }));
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      'PATCH /api/v1/nodes/worker-0?fieldManager=virt-runbooks-plugin [{"op":"test","path":"/metadata/uid","value":"n"},{"op":"test","path":"/metadata/resourceVersion","value":"3"},{"op":"add","path":"/metadata/labels","value":{"example.com/zone":"b"}}]',
    ]);
  });

  it('does nothing where it stands already', () => expect(refusedWith(planOf(setLabel, [of({ 'example.com/zone': 'a' })], { zone: 'a' }))).toContain('is a already'));
});
