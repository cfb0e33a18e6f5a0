import { type Cell, type Finding, fail, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { type LoggedContainer } from '../sources/logs';
import { metric } from '../sources/metrics';
import { type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type restCalls } from './restCalls';
import { percent, sumOf, valueOf } from './restCounts';
import { type RestCalls, callsByPod } from './restReadings';

const REASONS = ['noneStands', 'alike', 'oneExplains', 'oneDiffers', 'someDiffer', 'onlyOne'] as const;

/** From this share of failed calls on a pod fails; below the other it is well. Between the two nothing is said. */
const FAILS = 0.5;
const WELL = 0.2;
/** More logs than this would not say more. */
const LOGS = 3;

interface Seen {
  /** Of the one call that fails most, by pod. */
  readonly same: Evidence<Series>;
  readonly sameFailed: Evidence<Series>;
  /** Of all calls, by pod. */
  readonly all: Evidence<Series>;
  readonly allFailed: Evidence<Series>;
  readonly pods: Evidence<Pod>;
}

interface Share {
  readonly pod: string;
  readonly share: number;
}

const of = (series: readonly Series[], pod: string): number => sumOf(series.filter(({ labels }) => labels['pod'] === pod));

const shares = (all: readonly Series[], failed: readonly Series[]): readonly Share[] => all
  .filter((one) => valueOf(one) > 0)
  .map((one) => ({ pod: one.labels['pod'] ?? '', share: of(failed, one.labels['pod'] ?? '') / valueOf(one) }))
  .toSorted((a, b) => b.share - a.share);

/** Would the rule be false without this pod? */
const explains = ({ threshold }: RestCalls, { all, allFailed }: Seen, pod: string): boolean => {
  const rest = sumOf(all.items) - of(all.items, pod);
  return rest > 0 && (sumOf(allFailed.items) - of(allFailed.items, pod)) / rest < threshold;
};

const nodeOf = ({ pods }: Seen, pod: string): string | undefined => pods.items.find(({ metadata }) => metadata.name === pod)?.spec?.nodeName;

/** The one pod that fails while every other that makes the same call is well. */
const differing = (seen: Seen): Share | undefined => {
  const [worst, ...others] = shares(seen.same.items, seen.sameFailed.items);
  return worst && worst.share >= FAILS && others.length > 0 && others.every(({ share }) => share < WELL) ? worst : undefined;
};

const rowsOf = (seen: Seen) => {
  const own = shares(seen.same.items, seen.sameFailed.items);
  const every = shares(seen.all.items, seen.allFailed.items);
  return every.length === 0 ? [] : [{
    of: 'table' as const, columns: [msg('Pod'), msg('Node'), msg('Of its calls failed, %'), msg('Of the call that fails most, %')],
    rows: every.slice(0, 20).map(({ pod, share }): readonly Cell[] => {
      const same = own.find((one) => one.pod === pod);
      return [pod, nodeOf(seen, pod) ?? null, percent(share), same ? percent(same.share) : null];
    }),
    ...(every.length > 20 ? { more: every.length - 20 } : {}),
  }];
};

const conclude = (calls: RestCalls, seen: Seen): Finding<(typeof REASONS)[number]> => {
  const pods = shares(seen.same.items, seen.sameFailed.items);
  const failing = pods.filter(({ share }) => share >= FAILS);
  const details = { rows: rowsOf(seen), expected: msg('all pods alike'), actual: msg('{{failing}} of {{of}} pods fail with this call', { failing: failing.length, of: pods.length }) };
  const [worst] = failing;
  if (!worst) return pass('noneStands', msg('No. No pod fails with more than half of them.'), details);
  const { pod } = worst;
  if (pods.length === 1) return info('onlyOne', msg('It cannot be compared: {{pod}} alone makes this call, as a leader does.', { pod }), details);
  if (failing.length === pods.length) return info('alike', msg('No. All {{pods}} pods that make this call fail alike, so it is not the pod.', { pods: pods.length }), details);
  if (differing(seen)) {
    const subjects = [{ kind: 'Pod', name: pod }];
    return explains(calls, seen, pod)
      ? fail('oneExplains', msg('Yes. {{pod}} fails where the {{others}} others do not, and without it the rule would be silent.', { pod, others: pods.length - 1 }), { ...details, subjects })
      : warn('oneDiffers', msg('{{pod}} fails where the {{others}} others do not. That alone does not make the rule true.', { pod, others: pods.length - 1 }), { ...details, subjects });
  }
  return warn('someDiffer', msg('{{failing}} of {{of}} pods fail. Look at what their nodes have in common.', { failing: failing.length, of: pods.length }), {
    ...details, subjects: failing.slice(0, 10).map((one) => ({ kind: 'Pod', name: one.pod })),
  });
};

/** Does one pod fail where its peers, with the same call, do not? */
export const restPods = (calls: RestCalls, which: ReturnType<typeof restCalls>) => {
  const same = { verb: which.out.verb, resource: which.out.resource };
  return step({
    id: 'rest-pods',
    asks: msg('Does one pod fail where the others do not?'),
    why: msg('Only then a new pod helps. Pods are compared by the same call, because a leader makes calls that the others never make.'),
    reads: {
      same: metric(callsByPod(calls, 'all', same)), sameFailed: metric(callsByPod(calls, 'failed', same)),
      all: metric(callsByPod(calls, 'all')), allFailed: metric(callsByPod(calls, 'failed')), pods: podsOf(calls.of),
    },
    optional: ['pods'],
    reasons: REASONS,
    check: (seen) => conclude(calls, seen),
    out: {
      /** The pod that makes the rule true all by itself, if there is one. */
      alone: (seen): readonly string[] => {
        const one = differing(seen);
        return one && explains(calls, seen, one.pod) ? [one.pod] : [];
      },
      /** The pod that fails where the others do not. */
      differing: (seen) => differing(seen)?.pod,
      /** Its node. */
      node: (seen) => nodeOf(seen, differing(seen)?.pod ?? ''),
      /** The pods whose logs say most: those that fail most calls. */
      failing: ({ allFailed }): readonly LoggedContainer[] => allFailed.items
        .filter((one) => valueOf(one) > 0).toSorted((a, b) => valueOf(b) - valueOf(a)).slice(0, LOGS)
        .map(({ labels }) => ({ pod: labels['pod'] ?? '', container: calls.of.container })),
    },
  });
};
