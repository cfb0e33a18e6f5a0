import { type Choice, type Option, type Picked } from '../engine/choice';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Plan, type Refusal, targetOf } from '../engine/operation';
import { kinds } from '../sources/kinds';
import { type KubeObject, type StorageProfile } from '../sources/objects';
import { storageClasses, storageProfiles } from '../sources/storage';
import { DEFAULT_MARKS, type DefaultFor, isDefaultFor, onlyDefault } from '../steps/defaultClass';
import { type FieldPatch, fieldPatch, pointer } from './fieldPatch';

interface Read {
  readonly classes: readonly KubeObject[];
  readonly profiles: readonly StorageProfile[];
}

const nameOf = ({ metadata }: KubeObject): string => metadata.name;
const profileOf = (of: KubeObject, { profiles }: Read): StorageProfile | undefined => profiles.find(({ metadata, status }) => (status?.storageClass ?? metadata.name) === nameOf(of));
const sets = (profile: StorageProfile | undefined) => (profile?.status?.claimPropertySets ?? []).filter(({ accessModes = [] }) => accessModes.length > 0);
const isShared = (profile: StorageProfile | undefined): boolean => sets(profile).some(({ accessModes = [] }) => accessModes.includes('ReadWriteMany'));
/** The storage itself clones: containerized-data-importer, api core/v1beta1 `CDICloneStrategy`. */
const isSmart = ({ status }: StorageProfile): boolean => ['snapshot', 'csi-clone'].includes(status?.cloneStrategy ?? '');
const rank = (profile: StorageProfile | undefined): number => (isShared(profile) ? 2 : 0) + (profile && isSmart(profile) ? 1 : 0);

const traits = (profile: StorageProfile | undefined): Message => {
  if (sets(profile).length === 0) return msg('CDI does not know which access modes it has');
  if (!isShared(profile)) return msg('no ReadWriteMany: VMs on it cannot be live-migrated');
  return profile && isSmart(profile) ? msg('ReadWriteMany, clones by itself') : msg('ReadWriteMany, clones by copying');
};

/** What may be chosen, best first: for disks of VMs only what CDI can make claims of by itself. */
const fit = (what: DefaultFor, read: Read): readonly KubeObject[] => read.classes
  .filter((one) => !one.metadata.deletionTimestamp && (what === 'cluster' || sets(profileOf(one, read)).length > 0))
  .toSorted((a, b) => rank(profileOf(b, read)) - rank(profileOf(a, read)) || nameOf(a).localeCompare(nameOf(b)));

const choicesOf = (what: DefaultFor, read: Read): readonly Choice[] => {
  const [first, ...rest] = fit(what, read).map((one): Option => ({ value: nameOf(one), label: msg('{{name}}', { name: nameOf(one) }), hint: traits(profileOf(one, read)) }));
  return first ? [{ id: 'class', kind: 'one', asks: msg('Which class is to be the default?'), options: [first, ...rest] }] : [];
};

const patchesOf = (what: DefaultFor, of: KubeObject, to: 'true' | 'false'): readonly FieldPatch[] => DEFAULT_MARKS[what]
  .filter((mark, place) => (to === 'true' ? place === 0 : of.metadata.annotations?.[mark] === 'true'))
  .map((mark, place) => fieldPatch({ id: `${to === 'true' ? 'mark' : 'unmark'}-${nameOf(of)}${place > 0 ? `-${String(place)}` : ''}`, target: targetOf(kinds.StorageClass, of), object: of, path: pointer('metadata', 'annotations', mark), to }));

const WORDS: Readonly<Record<DefaultFor, { readonly title: Message; readonly summary: Message; readonly effect: Message }>> = {
  virtualization: {
    title: msg('Choose the default storage class for VMs'),
    summary: msg('Marks one class as the default for disks of VMs and takes the mark off the others, in this order: there is never none. Before the default of the cluster, CDI takes this one.'),
    effect: msg('Disks that wait for a class are made at once. Those that exist stay where they are.'),
  },
  cluster: {
    title: msg('Choose the default storage class of the cluster'),
    summary: msg('Marks one class as the default for every claim that names none, and takes the mark off the others, in this order: there is never none. It reaches beyond virtualization.'),
    effect: msg('Every claim of the cluster that waits for a class gets this one at once, also those of other applications. Those that are bound stay where they are.'),
  },
};

const planFor = (what: DefaultFor, read: Read, picked: Picked): Plan | Refusal => {
  const chosen = fit(what, read).find((one) => nameOf(one) === picked['class']);
  if (!chosen) return { refused: read.classes.length === 0 ? msg('There is no storage class.') : msg('CDI knows of no storage class which access modes it has: complete the profile of one first.') };
  const name = nameOf(chosen);
  const others = read.classes.filter((one) => nameOf(one) !== name && isDefaultFor(what, one));
  if (isDefaultFor(what, chosen) && others.length === 0) return { refused: msg('Nothing to do: {{name}} is the one default already.', { name }) };
  // First the new mark, then the old ones off: in between there are two, and the newest class counts, but never none.
  const patches = [...(isDefaultFor(what, chosen) ? [] : patchesOf(what, chosen, 'true')), ...others.flatMap((one) => patchesOf(what, one, 'false'))];
  return {
    sentence: others.length === 0 ? msg('Make {{name}} the default storage class.', { name }) : msg('Make {{name}} the one default storage class in place of {{others}}.', { name, others: { list: others.map(nameOf) } }),
    operations: patches.map(({ operation }) => operation), pace: 'inOrder',
    effects: [WORDS[what].effect, msg('{{name}}: {{traits}}.', { name, traits: { message: traits(profileOf(chosen, read)) } })],
    vmsAffected: msg('None that runs. VMs whose disks waited may start.'),
    owner: msg('Nobody, unless a storage operator or a GitOps tool keeps these annotations: it puts them back.'),
    confirm: what === 'cluster' ? { kind: 'acknowledge', says: msg('It counts for every application of the cluster.') } : { kind: 'button' },
    verify: [onlyDefault(what, name)],
    undo: { possible: true, says: msg('Put the marks back as they were.'), operations: patches.map(({ undo }) => undo).toReversed() },
  };
};

/** Makes one storage class the default, for disks of VMs or for the cluster. Afterwards exactly one carries the mark. */
export const defaultStorageClass = (what: DefaultFor): ExecuteMitigation => execute({
  id: `default-class-${what}`, risk: what === 'cluster' ? 'medium' : 'low', title: WORDS[what].title, summary: WORDS[what].summary,
  vms: msg('Nothing. VMs whose disks waited may start.'),
  undo: msg('Put the marks back as they were. Disks that were made meanwhile stay.'),
  reads: { classes: storageClasses(), profiles: storageProfiles() },
  choices: ({ classes, profiles }) => choicesOf(what, { classes: classes.items, profiles: profiles.items }),
  plan: ({ classes, profiles }, _, picked) => planFor(what, { classes: classes.items, profiles: profiles.items }, picked),
});
