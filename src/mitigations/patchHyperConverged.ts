import { type Choice, type Picked } from '../engine/choice';
import { valueAt } from '../engine/differences';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Plan, type Refusal } from '../engine/operation';
import { type ReadStep } from '../engine/step';
import { kinds } from '../sources/kinds';
import { type HyperConverged } from '../sources/objects';
import { hyperConvergeds } from '../sources/virtualization';
import { pointer } from './fieldPatch';
import { type Says, type Words, fieldPlan, onlyOne } from './patchField';

/**
 * Where a field stands in each version of HyperConverged that is served. HCO 1.18 serves both and keeps one in step with the other:
 * hyperconverged-cluster-operator, api/v1beta1 and api/v1 `hyperconverged_types.go`, and `conversion.go` between them.
 */
const FIELDS = {
  workloadUpdateMethods: { v1beta1: '/spec/workloadUpdateStrategy/workloadUpdateMethods', v1: '/spec/virtualization/workloadUpdateStrategy/workloadUpdateMethods' },
  memoryOvercommitPercentage: { v1beta1: '/spec/higherWorkloadDensity/memoryOvercommitPercentage', v1: '/spec/virtualization/higherWorkloadDensity/memoryOvercommitPercentage' },
  enableCommonBootImageImport: { v1beta1: '/spec/enableCommonBootImageImport', v1: '/spec/workloadSources/enableCommonBootImageImport' },
  dataImportCronTemplates: { v1beta1: '/spec/dataImportCronTemplates', v1: '/spec/workloadSources/dataImportCronTemplates' },
  workloadPlacement: { v1beta1: '/spec/workloads/nodePlacement', v1: '/spec/deployment/nodePlacements/workload' },
} as const;

/** Annotations by which an operand is changed beside the fields of the API: hyperconverged-cluster-operator, controllers/common/consts.go. */
const JSON_PATCH = /\/jsonpatch$/;

interface HyperConvergedSpec extends Words {
  readonly field: keyof typeof FIELDS;
  /** Of a list: the element of this name, and what of it; both may hang on what was picked. */
  readonly element?: (picked: Picked) => { readonly name: string; readonly within: readonly string[] };
  readonly choices?: (now: unknown) => readonly Choice[];
  readonly to: (picked: Picked, now: unknown) => unknown;
  readonly refuses?: (now: unknown, picked: Picked) => Message | undefined;
  readonly says: (now: unknown, picked: Picked) => Says;
  readonly verify?: readonly ReadStep[];
}

/** The path of a field in the version of the object; undefined for a version that is not known here. */
const pathIn = ({ apiVersion = '' }: HyperConverged, field: keyof typeof FIELDS): string | undefined =>
  FIELDS[field][apiVersion.split('/').at(-1) as keyof (typeof FIELDS)[typeof field]];

const besides = ({ metadata: { annotations = {} } }: HyperConverged): readonly Message[] => Object.keys(annotations).filter((key) => JSON_PATCH.test(key))
  .map((annotation) => msg('The annotation {{annotation}} changes an operand beside these fields. If what follows does not show, look there.', { annotation }));

const REVIEWED = msg('HCO carries it to its operands within a minute. Before, its webhook tries it out on all of them: while virt-operator or ssp-operator is down, the change is refused.');

const planFor = (found: HyperConverged, spec: HyperConvergedSpec, picked: Picked): Plan | Refusal => {
  const { field, element, to, refuses, says, verify = [] } = spec;
  const base = pathIn(found, field);
  if (base === undefined) return { refused: msg('This page does not know where the field stands in {{version}} of HyperConverged.', { version: found.apiVersion ?? '–' }) };
  const { name, within } = element?.(picked) ?? { name: undefined, within: [] };
  const list = (valueAt(found, base) ?? []) as readonly { readonly metadata?: { readonly name?: string } }[];
  const place = name === undefined ? -1 : list.findIndex(({ metadata }) => metadata?.name === name);
  if (name !== undefined && place < 0) return { refused: msg('HyperConverged has no {{name}} of its own: what it ships is not changed here.', { name }) };
  const path = name === undefined ? base : base + pointer(place, ...within);
  const now = valueAt(found, path);
  const why = refuses?.(now, picked);
  if (why) return { refused: why };
  const said = says(now, picked);
  return fieldPlan(kinds.HyperConverged, found, {
    path, to: to(picked, now), verify, says: { ...said, effects: [...said.effects, ...besides(found)], owner: said.owner ?? REVIEWED },
    // JSON Patch knows places only: whoever adds or removes an element meanwhile would move it.
    ...(name === undefined ? {} : { guards: [{ op: 'test', path: base + pointer(place, 'metadata', 'name'), value: name }] }),
  });
};

/** Changes a field of the one HyperConverged, which owns the settings of virtualization, in whatever version the cluster serves. */
export const patchHyperConverged = (spec: HyperConvergedSpec): ExecuteMitigation => {
  const { id, title, summary, risk, vms, undo, choices, field } = spec;
  return execute({
    id, title, summary, risk, vms, undo, reads: { hyperconverged: hyperConvergeds('all namespaces') },
    choices: ({ hyperconverged: { items: [found] } }) => {
      const path = found && pathIn(found, field);
      return path === undefined ? [] : choices?.(valueAt(found, path)) ?? [];
    },
    plan: ({ hyperconverged }, _, picked) => {
      const one = onlyOne(kinds.HyperConverged, hyperconverged);
      return 'refused' in one ? one : planFor(one.found, spec, picked);
    },
  });
};
