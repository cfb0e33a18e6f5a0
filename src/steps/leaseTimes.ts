import { type Evidence } from '../engine/observation';
import { type Lease } from '../sources/objects';

/**
 * What a lease's own duration is taken for where it says none, seconds: KubeVirt 1.8.4,
 * `pkg/virt-controller/leaderelectionconfig/config.go`.
 */
export const USUAL = 15;
/** Longer than this, in seconds, nobody needs: the alert fires after ten minutes without a leader. */
export const LONGEST = 600;
/** How far clocks of nodes may be apart before their times mean nothing, milliseconds. */
const SKEW = 60_000;

/** How long the lease says that it is valid after a renewal, seconds. */
export const durationOf = ({ spec }: Lease): number => spec?.leaseDurationSeconds ?? USUAL;

/** A leader renews every two seconds whatever the lease says, so a longer duration than this, in seconds, buys it no patience. */
const PATIENCE = 60;

/** Three durations of the lease, at most three minutes: who has not renewed for so long, milliseconds, is not renewing. */
export const patienceWith = (lease: Lease): number => 3 * Math.min(durationOf(lease), PATIENCE) * 1000;

/** When the lease was last renewed, milliseconds since 1970, and by whose clock. */
export interface Renewed {
  readonly at: number;
  readonly by: 'server' | 'holder';
}

/** The API server notes when it took over the last `renewTime`; only without that the holder's own clock counts. */
export const renewedAt = ({ metadata, spec }: Lease): Renewed | undefined => {
  const times = (metadata.managedFields ?? [])
    .filter(({ fieldsV1 }) => 'f:renewTime' in ((fieldsV1?.['f:spec'] ?? {}) as object))
    .map(({ time = '' }) => Date.parse(time)).filter(Number.isFinite);
  if (times.length > 0) return { at: Math.max(...times), by: 'server' };
  const at = Date.parse(spec?.renewTime ?? '');
  return Number.isFinite(at) ? { at, by: 'holder' } : undefined;
};

/** Is somebody renewing it? `unclear` where only a clock that is wrong could tell. */
export type Renewal = 'renewed' | 'silent' | 'unclear';

/** Two readings of the same version decide; before there are two, the time of the last renewal does. */
export const renewalOf = (lease: Lease, { readAt, unchangedSince = readAt }: Pick<Evidence<Lease>, 'readAt' | 'unchangedSince'>): Renewal => {
  const patience = patienceWith(lease);
  if (readAt - unchangedSince >= patience) return 'silent';
  const renewed = renewedAt(lease);
  if (renewed === undefined || renewed.at - readAt > SKEW) return 'unclear';
  return readAt - renewed.at <= patience + (renewed.by === 'holder' ? SKEW : 0) ? 'renewed' : 'silent';
};
