import { type Lookup, type Resolved, isRef, resolve, withElement } from './late';
import { type Evidence, type Missing, type Observation } from './observation';
import { keyOf } from './reader';
import { type EachSource, type Source } from './source';

/** Evidence older than this is not of the present, milliseconds. */
export const FRESH = 60_000;

/** What the diagnosis remembers of one source. */
export interface Seen {
  readonly observation: Observation;
  /** Of a single object: when this uid and resourceVersion were first seen. */
  readonly unchangedSince?: number;
}

/** What has been observed so far, by the key of the source. */
export type SeenBySource = ReadonlyMap<string, Seen>;

/** The sources of one reading, with their late values filled in; `cut` if there were more elements than the author allows. */
export interface Expanded {
  readonly sources: readonly Source[];
  readonly cut: number;
}

// What one part of a path can carry (k8s.io/apimachinery/pkg/api/validation/path), and no blanks: `Where` has two literals that hold one.
const PATH_PART = /^(?!\.{1,2}$)[^\s/%]+$/;

/** A source with its late values. Alert labels are untrusted: none of them may lead to another path than that of one object or namespace. */
const filled = (reading: Source, lookup: Lookup): Resolved<Source> => {
  const found = resolve(reading, lookup);
  if (found.state !== 'known') return found;
  const before: Readonly<Record<string, unknown>> = { ...reading };
  const unfit = Object.entries(found.value).find(([part, value]) =>
    ['in', 'name', 'pod'].includes(part) && isRef(before[part]) && !PATH_PART.test(String(value)));
  return unfit ? { state: 'unknowable', because: { unfit: String(unfit[1]) } } : found;
};

/** Fills in the late values of a reading. Sources of `each` become one source per element. */
export const expand = (reading: Source | EachSource<unknown>, lookup: Lookup): Resolved<Expanded> => {
  if (reading.kind !== 'each') {
    const found = filled(reading, lookup);
    return found.state === 'known' ? { state: 'known', value: { sources: [found.value], cut: 0 } } : found;
  }
  const over = lookup(reading.over);
  if (over.state !== 'known') return over;
  const sources: Source[] = [];
  for (const element of over.value.slice(0, reading.atMost)) {
    const found = filled(reading.source, withElement(lookup, element));
    if (found.state !== 'known') return found;
    sources.push(found.value);
  }
  return { state: 'known', value: { sources, cut: Math.max(0, over.value.length - reading.atMost) } };
};

/** The evidence of one reading: what its observations hold, and what is missing of it. What has not been observed yet is not whole. */
export const gather = (reading: string, { sources, cut }: Expanded, seen: SeenBySource, now: number): Evidence<unknown> => {
  const observed = sources.flatMap((source) => {
    const one = seen.get(keyOf(source));
    return one ? [{ source, ...one }] : [];
  });
  const missing: Missing[] = [];
  for (const { source, observation } of observed) {
    const of = subjectOf(source);
    if (observation.state === 'failed') {
      const { reason, permission, detail } = observation;
      missing.push({ reading, of, reason, ...(permission ? { permission } : {}), ...(detail ? { detail } : {}) });
    } else if (now - observation.readAt > FRESH) missing.push({ reading, of, reason: 'stale' });
  }
  const read = observed.flatMap(({ observation }) => (observation.state === 'ok' ? [observation] : []));
  const times = observed.flatMap(({ observation }) => (observation.state === 'failed' ? [] : [observation.readAt]));
  return {
    // The same list for as long as it is the same reading: what was made of thousands need not be made again.
    items: read.length === 1 && read[0] ? read[0].items : read.flatMap(({ items }) => items),
    complete: observed.length === sources.length && missing.length === 0 && cut === 0 && read.every(({ complete }) => complete),
    absent: observed.length > 0 && observed.every(({ observation }) => observation.state === 'absent'),
    readAt: times.length > 0 ? Math.min(...times) : sources.length > 0 ? 0 : now,
    more: cut + read.reduce((sum, { more = 0 }) => sum + more, 0),
    missing,
    unchangedSince: observed.length === 1 ? observed[0]?.unchangedSince : undefined,
  };
};

const subjectOf = (source: Source): string | undefined =>
  (source.kind === 'object' ? source.name as string : source.kind === 'log' ? source.pod as string : undefined);

/** Remembers an observation; of a single object also since when it has been the same. */
export const remember = (before: Seen | undefined, observation: Observation): Seen => {
  const mark = markOf(observation);
  if (mark === undefined) return { observation };
  const same = before && markOf(before.observation) === mark;
  return { observation, unchangedSince: (same ? before.unchangedSince : undefined) ?? observation.readAt };
};

const markOf = (observation: Observation): string | undefined => {
  if (observation.state !== 'ok' || observation.items.length !== 1) return undefined;
  const { metadata } = observation.items[0] as { metadata?: { uid?: string; resourceVersion?: string } };
  return metadata?.uid && `${metadata.uid}/${metadata.resourceVersion}`;
};
