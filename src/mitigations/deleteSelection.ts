import { type Choice, type Option } from '../engine/choice';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Operation, type Plan, type Refusal, type SaveFirst, type Selection, targetOf } from '../engine/operation';
import { type Kind, type ListSource, type MetricsSource, type Series } from '../engine/source';
import { type EvidenceOf, type ReadStep, type Reads } from '../engine/step';
import { type KubeObject } from '../sources/objects';
import { tally } from '../steps/launcherReadings';

/** What a closed selection is made of, and what is said of it. */
export interface SelectionSpec<T extends KubeObject> extends Pick<ExecuteMitigation, 'id' | 'title' | 'summary' | 'risk' | 'vms' | 'undo'> {
  readonly of: Kind;
  /** Everything that may be selected. It has to be read completely. */
  readonly source: ListSource<T>;
  /** What of it is selected, besides that nobody is deleting it yet. */
  readonly fits?: (item: T) => boolean;
  /** What they are, in the plural: "failed virt-launcher pods". */
  readonly what: Message;
  /** How it may be narrowed down. `largest`: to the part with most of them, unless somebody picks another or all. */
  readonly parts: { readonly asks: Message; readonly of: (item: T) => string; readonly all: Message; readonly usual: 'largest' | 'all' };
  /** Of each group the newest may be kept as evidence. `most` kept in all: above that none is, unless somebody asks for it. */
  readonly keep: { readonly asks: Message; readonly groupOf: (item: T) => string; readonly groups: Message; readonly unit: Message; readonly most: number };
  /** Whether they become more, of the last hour; without it only from how old they are. Undefined: it cannot be told. */
  readonly trend?: { readonly source: MetricsSource; readonly grows: (history: Series | undefined, now: number) => boolean | undefined; readonly stopFirst: Message };
  /** Logs that are read into the record first, of these objects, newest first. */
  readonly saveFirst?: (deleted: readonly T[]) => SaveFirst;
  /** What else is true. `left`: how many there are afterwards. */
  readonly effects: (deleted: readonly T[], left: number) => readonly Message[];
  readonly vmsAffected: Message;
  readonly owner: Message;
  /** What has to hold before: then the confirmation is typed however few they are. */
  readonly agreed?: Message;
  readonly verify: readonly ReadStep[];
}

/** Targets above which the confirmation is typed. */
const TYPED = 20;
/** Created within this time, milliseconds, an object shows that its source is at work. */
const LATELY = 15 * 60_000;
/** Parts that are offered by name. */
const OFFERED = 20;
/** No name of a part: it holds a space. */
const ALL = 'all of them';

const created = ({ metadata }: KubeObject): string => metadata.creationTimestamp ?? '';
// Times of one form are compared as they are: there may be tens of thousands.
const newestFirst = <T extends KubeObject>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => (created(a) < created(b) ? 1 : created(a) > created(b) ? -1 : 0));

/** All but the newest `count` of each group, newest first. */
const without = <T>(items: readonly T[], count: number, groupOf: (item: T) => string): readonly T[] => {
  const kept = new Map<string, number>();
  return items.filter((item) => {
    const group = groupOf(item);
    const before = kept.get(group) ?? 0;
    if (before < count) kept.set(group, before + 1);
    return before >= count;
  });
};

interface Found<T> {
  /** Newest first. */
  readonly items: readonly T[];
  /** Parts and how many there are in each, largest first. */
  readonly parts: readonly (readonly [part: string, count: number])[];
  readonly grows: boolean | undefined;
}

// Choices and plan ask for the same of the same reading, which may be large.
const remembering = <T extends KubeObject>(fits: SelectionSpec<T>['fits']): ((all: readonly T[]) => readonly T[]) => {
  const known = new WeakMap<readonly T[], readonly T[]>();
  return (all) => {
    const items = known.get(all) ?? newestFirst(all.filter((item) => !item.metadata.deletionTimestamp && (fits?.(item) ?? true)));
    known.set(all, items);
    return items;
  };
};

const findIn = <T extends KubeObject>({ parts, trend }: SelectionSpec<T>, items: readonly T[], history: Series | undefined, now: number): Found<T> => {
  const young = new Date(now - LATELY).toISOString();
  const isFed = items.filter((item) => created(item) > young).length > Math.max(2, items.length / 50);
  return { items, parts: tally(items.map(parts.of)), grows: isFed || (trend ? trend.grows(history, now) : false) };
};

const partChoice = <T extends KubeObject>({ parts: { asks, all, usual } }: SelectionSpec<T>, { items, parts }: Found<T>): readonly Choice[] => {
  const one = parts.slice(0, OFFERED).map(([part, count]): Option => ({ value: part, label: msg('{{part}}: {{count}}', { part, count }) }));
  const whole: Option = { value: ALL, label: msg('{{all}}: {{count}}', { all: { message: all }, count: items.length }) };
  const [first, ...rest] = usual === 'all' ? [whole, ...one] : [...one, whole];
  return parts.length > 1 && first ? [{ id: 'part', asks, kind: 'one', options: [first, ...rest] }] : [];
};

const sourceChoice = ({ grows }: Pick<Found<KubeObject>, 'grows'>): readonly Choice[] => (grows === false ? [] : [{
  id: 'source', kind: 'one',
  asks: grows ? msg('The count still rises. What comes first?') : msg('Whether the count still rises is not known. What comes first?'),
  options: [
    { value: 'stop', label: msg('The source is stopped first'), hint: msg('What is deleted before comes back.') },
    { value: 'insist', label: msg('Delete now all the same'), hint: msg('It makes room for a while.') },
  ],
}]);

const choicesFor = <T extends KubeObject>(spec: SelectionSpec<T>, found: Found<T>): readonly Choice[] => {
  if (found.items.length === 0) return [];
  const { keep } = spec;
  const groups = new Set(found.items.map(keep.groupOf)).size;
  return [
    ...sourceChoice(found),
    ...partChoice(spec, found),
    { id: 'keep', kind: 'number', asks: keep.asks, least: 0, most: 20, usual: groups <= keep.most ? 1 : 0, unit: keep.unit },
    { id: 'failures', kind: 'number', asks: msg('After how many failures does it stop?'), hint: msg('What went or changed meanwhile is left alone and is no failure.'), least: 0, most: 100, usual: 10, unit: msg('failures') },
  ];
};

/** Above 20 the number is typed: nobody reads so many names. */
export const confirmationOf = (count: number, what: Message): Plan['confirm'] =>
  (count > TYPED ? { kind: 'typed', name: String(count), says: msg('{{count}} objects are deleted: {{what}}.', { count, what: { message: what } }) } : { kind: 'button' });

const operationOf = (of: Kind, item: KubeObject): Operation => ({ id: item.metadata.uid, verb: 'delete', target: targetOf(of, item) });

const namespacesOf = (items: readonly KubeObject[]): readonly string[] => [...new Set(items.map(({ metadata }) => metadata.namespace ?? ''))];

/** Where objects are, in a sentence: the name of their namespace, or how many they are. */
export const whereOf = (items: readonly KubeObject[]): Message => {
  const [first = '', ...more] = namespacesOf(items);
  return more.length === 0 ? msg('namespace {{namespace}}', { namespace: first }) : msg('{{count}} namespaces', { count: more.length + 1 });
};

/** The deletions of a closed selection, and its predicate. `before`: ISO 8601, when it was looked at. */
export const closedSelection = (of: Kind, items: readonly KubeObject[], { says, before, errorLimit }: { says: Message; before: string; errorLimit: number }): Pick<Plan, 'operations'> & { readonly selection: Selection } => ({
  operations: items.map((item) => operationOf(of, item)),
  selection: { says, errorLimit, fits: { kind: of.kind, namespaces: namespacesOf(items), createdBefore: before } },
});

const planFor = <T extends KubeObject>(spec: SelectionSpec<T>, { items, grows }: Found<T>, deleted: readonly T[], picked: Picks): Plan => {
  const { what, keep, of } = spec;
  const [count, where] = [deleted.length, { message: whereOf(deleted) }];
  const saveFirst = spec.saveFirst?.(deleted);
  return {
    sentence: msg('Delete {{count}} {{what}} in {{where}}.', { count, what: { message: what }, where }),
    ...closedSelection(of, deleted, {
      says: picked.keep === 0
        ? msg('All {{what}} in {{where}} that were created before {{before}} and that nobody is deleting.', { what: { message: what }, where, before: { instant: picked.before } })
        : msg('All {{what}} in {{where}} that were created before {{before}} and that nobody is deleting, without the newest {{keep}} of each {{groups}}.', { what: { message: what }, where, before: { instant: picked.before }, keep: picked.keep, groups: { message: keep.groups } }),
      before: picked.before, errorLimit: picked.failures,
    }),
    ...(saveFirst ? { saveFirst } : {}),
    effects: [
      ...(grows ? [msg('The count still rises: new ones come while these go.')] : []),
      msg('One that was changed or made anew since it was looked at is left alone: the server refuses to delete it.'),
      ...(saveFirst ? [msg('The ends of {{logs}} logs are read into the record first. All other logs go with their pods.', { logs: saveFirst.logs.length })] : []),
      ...spec.effects(deleted, items.length - count),
    ],
    vmsAffected: spec.vmsAffected,
    owner: spec.owner,
    confirm: spec.agreed ? { kind: 'typed', name: String(count), says: spec.agreed } : confirmationOf(count, what),
    verify: spec.verify,
    undo: { possible: false, says: spec.undo },
  };
};

interface Picks {
  readonly keep: number;
  readonly failures: number;
  /** ISO 8601: when it was selected. */
  readonly before: string;
}

const decideOn = <T extends KubeObject>(spec: SelectionSpec<T>, found: Found<T>, { source, part = ALL, ...picked }: Readonly<Record<string, string | undefined>>, before: string): Plan | Refusal => {
  if (found.items.length === 0) return { refused: msg('There are none: {{what}}.', { what: { message: spec.what } }) };
  if (source === 'stop') return { refused: msg('Stop the source first: what is deleted now comes back. {{how}}', { how: { message: spec.trend?.stopFirst ?? msg('The diagnosis says what makes them.') } }) };
  const keep = Number(picked['keep'] ?? 0);
  const inPart = found.items.filter((item) => part === ALL || spec.parts.of(item) === part);
  // One that was created in this very second cannot be told from one that is created right after it.
  const deleted = without(inPart, keep, spec.keep.groupOf).filter((item) => created(item) !== '' && created(item) < before);
  if (deleted.length === 0) return { refused: msg('With the newest {{keep}} of each {{groups}} kept, nothing is left to delete. Keep fewer.', { keep, groups: { message: spec.keep.groups } }) };
  return planFor(spec, found, deleted, { keep, failures: Number(picked['failures'] ?? 0), before });
};

/**
 * Deletes a closed selection of one kind in bulk, each object by its uid and resourceVersion. What is selected is what was read, never a selector
 * that the server evaluates later: whatever comes after is left alone.
 */
export const deleteSelection = <T extends KubeObject>(spec: SelectionSpec<T>): ExecuteMitigation => {
  const { id, title, summary, risk, vms, undo } = spec;
  const items: ListSource<unknown> = spec.source;
  const selectable = remembering(spec.fits);
  const find = (evidence: EvidenceOf<Reads>, now: number): Found<T> =>
    findIn(spec, selectable((evidence['items']?.items ?? []) as readonly T[]), evidence['history']?.items[0] as Series | undefined, now);
  return execute({
    id, title, summary, risk, vms, undo,
    reads: { items, ...(spec.trend ? { history: spec.trend.source } : {}) } as Reads,
    // Without Prometheus somebody has to say whether the source is stopped.
    optional: ['history'],
    choices: (evidence, { now }) => choicesFor(spec, find(evidence, now)),
    plan: (evidence, { now }, picked) => decideOn(spec, find(evidence, now), picked, new Date(evidence['items']?.readAt ?? 0).toISOString()),
  });
};
