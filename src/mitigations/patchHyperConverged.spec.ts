import { type Picked, type Plan, type Refusal, decide, msg, plainText } from '../engine';
import { type HyperConverged } from '../sources/objects';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { effectsOf, lineOf, made, refusedWith } from '../testing/planned';
import { metadata } from '../testing/samples';
import { patchHyperConverged } from './patchHyperConverged';

const WORDS = { id: 'x', title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.') } as const;
const says = () => ({ effects: [], vmsAffected: msg('None.') });

const overcommit = patchHyperConverged({
  ...WORDS, field: 'memoryOvercommitPercentage', says,
  choices: (now) => [{ id: 'percent', kind: 'number', asks: msg('How much?'), least: 10, most: 200, usual: Math.min(200, Number(now ?? 100)), unit: msg('percent') }],
  to: ({ percent }) => Number(percent),
  refuses: (now, { percent }) => (Number(percent) > Number(now ?? 100) ? msg('That is more than now.') : undefined),
});
const architectures = patchHyperConverged({
  ...WORDS, field: 'dataImportCronTemplates', says, to: () => 'amd64',
  element: () => ({ name: 'rhel9-own', within: ['metadata', 'annotations', 'ssp.kubevirt.io/dict.architectures'] }),
});

const hyperConverged = (version: string, spec: object, more: Parameters<typeof metadata>[1] = {}): HyperConverged =>
  ({ apiVersion: `hco.kubevirt.io/${version}`, kind: 'HyperConverged', metadata: metadata('kubevirt-hyperconverged', { uid: 'h', resourceVersion: '9', ...more }), spec } as HyperConverged);
const planOf = (mitigation: typeof overcommit, found: readonly HyperConverged[], picked: Picked = {}): Plan | Refusal =>
  decide(mitigation, { hyperconverged: found.length > 0 ? evidence(found) : absent() }, { now: READ_AT, labels: {}, inputs: {} }, picked).plan;
const lines = (plan: Plan | Refusal) => made(plan).operations.map((operation) => lineOf(operation).replace('/namespaces/openshift-cnv/hyperconvergeds/kubevirt-hyperconverged?fieldManager=virt-runbooks-plugin', ''));

describe('a field of HyperConverged', () => {
  it('stands elsewhere in each version', () => {
    expect(lines(planOf(overcommit, [hyperConverged('v1beta1', { higherWorkloadDensity: { memoryOvercommitPercentage: 150 } })], { percent: '100' }))).toEqual([
      'PATCH /apis/hco.kubevirt.io/v1beta1 [{"op":"test","path":"/metadata/uid","value":"h"},{"op":"test","path":"/spec/higherWorkloadDensity/memoryOvercommitPercentage","value":150},{"op":"replace","path":"/spec/higherWorkloadDensity/memoryOvercommitPercentage","value":100}]',
    ]);
    expect(lines(planOf(overcommit, [hyperConverged('v1', { virtualization: {} })], { percent: '50' }))).toEqual([
      'PATCH /apis/hco.kubevirt.io/v1 [{"op":"test","path":"/metadata/uid","value":"h"},{"op":"test","path":"/metadata/resourceVersion","value":"9"},{"op":"add","path":"/spec/virtualization/higherWorkloadDensity","value":{"memoryOvercommitPercentage":50}}]',
    ]);
  });

  it('takes a value within its bounds, else the usual one', () => {
    const object = [hyperConverged('v1beta1', { higherWorkloadDensity: { memoryOvercommitPercentage: 150 } })];
    expect(refusedWith(planOf(overcommit, object, { percent: '5' }))).toContain('is 150 already');
    expect(refusedWith(planOf(overcommit, object, { percent: '180' }))).toBe('That is more than now.');
  });

  it.each<[string, readonly HyperConverged[], string]>([
    ['there is none', [], 'There is no HyperConverged to change.'],
    ['there are two', [hyperConverged('v1', {}), hyperConverged('v1', {})], 'There is more than 1 HyperConverged'],
    ['it is being deleted', [hyperConverged('v1', {}, { deletionTimestamp: '2026-11-21T09:00:00Z' })], 'is being deleted'],
    ['its version is not known', [hyperConverged('v2', {})], 'does not know where the field stands in hco.kubevirt.io/v2'],
  ])('is not changed if %s', (_, found, words) => expect(refusedWith(planOf(overcommit, found))).toContain(words));

  it('may be overruled beside the API, which is said', () => {
    const plan = made(planOf(overcommit, [hyperConverged('v1beta1', {}, { annotations: { 'kubevirt.kubevirt.io/jsonpatch': '[]', other: '' } })], { percent: '90' }));
    expect(effectsOf(plan)).toBe('The annotation kubevirt.kubevirt.io/jsonpatch changes an operand beside these fields. If what follows does not show, look there.');
  });
});

describe('an element of a list of HyperConverged', () => {
  const templates = (...names: readonly string[]) => names.map((name) => ({ metadata: { name } }));

  it('is found by its name, and tested by it at its place', () => {
    const plan = planOf(architectures, [hyperConverged('v1', { workloadSources: { dataImportCronTemplates: templates('other', 'rhel9-own') } })]);
    const at = '/spec/workloadSources/dataImportCronTemplates/1/metadata';
    expect(lines(plan)).toEqual([
      `PATCH /apis/hco.kubevirt.io/v1 [{"op":"test","path":"/metadata/uid","value":"h"},{"op":"test","path":"/metadata/resourceVersion","value":"9"},{"op":"test","path":"${at}/name","value":"rhel9-own"},{"op":"add","path":"${at}/annotations","value":{"ssp.kubevirt.io/dict.architectures":"amd64"}}]`,
    ]);
    const { undo } = made(plan);
    expect(undo).toMatchObject({ possible: true, operations: [{ patch: [{ op: 'test', path: `${at}/name` }, { op: 'test', value: 'amd64' }, { op: 'remove', path: `${at}/annotations/ssp.kubevirt.io~1dict.architectures` }] }] });
    expect(undo.possible && plainText(undo.says)).toContain('back to');
  });

  it('is not changed if it is not there', () => {
    for (const spec of [{}, { dataImportCronTemplates: templates('other') }]) expect(refusedWith(planOf(architectures, [hyperConverged('v1beta1', spec)]))).toContain('has no rhel9-own of its own');
  });
});
