import { type Finding, fail, notApplicable } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Given, step } from '../engine/step';
import { eventsAbout, warnings } from '../sources/events';
import { type ClusterEvent, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { containersOf, judge } from './podState';
import { quote } from './words';

const REASONS = ['notNeeded', 'unauthorized', 'notFound', 'untrusted', 'rateLimited', 'unreachable', 'noSpace', 'otherwise'] as const;
type Reason = (typeof REASONS)[number];

/** What registries and CRI-O say, most specific first. */
const ANSWERS: readonly (readonly [Reason, RegExp])[] = [
  ['rateLimited', /toomanyrequests|429 Too Many Requests/i],
  ['unauthorized', /unauthorized|authentication required|invalid username\/password|403 Forbidden|access to the resource is denied/i],
  ['notFound', /manifest unknown|name unknown|not found|404 Not Found|InvalidImageName/i],
  ['untrusted', /x509:|Source image rejected|signature/i],
  ['noSpace', /no space left on device/i],
  ['unreachable', /dial tcp|no such host|i\/o timeout|connection refused|TLS handshake timeout|pinging container registry|deadline exceeded/i],
];

const SAYS: Readonly<Record<Exclude<Reason, 'notNeeded'>, (words: string) => Message>> = {
  unauthorized: (words) => msg('It does not let the cluster in: “{{words}}”', { words }),
  notFound: (words) => msg('It does not have the image: “{{words}}”', { words }),
  untrusted: (words) => msg('The node does not trust it, or not the image: “{{words}}”', { words }),
  rateLimited: (words) => msg('It wants fewer requests: “{{words}}”', { words }),
  unreachable: (words) => msg('The node does not reach it: “{{words}}”', { words }),
  noSpace: (words) => msg('It answers, and the node has no room for the image: “{{words}}”', { words }),
  otherwise: (words) => msg('“{{words}}”', { words }),
};

interface Seen {
  readonly pods: Evidence<Pod>;
  readonly events: Evidence<ClusterEvent>;
}

// "Back-off pulling image" alone says nothing; since Kubernetes 1.32 (kubernetes/kubernetes#127918) the answer follows it.
const tells = (text: string | undefined): text is string => text !== undefined && text !== '' && !/^Back-off pulling image "[^"]+"$/.test(text.trim());

const stuck = (pods: readonly Pod[], now: number) => pods.map((pod) => judge(pod, now)).filter(({ state }) => state === 'imagePull');

/** What was answered last: the container's own status, else the kubelet's event. */
const answer = ({ pods, events }: Seen, now: number): string | undefined => {
  const all = stuck(pods.items, now);
  const own = all.flatMap(({ pod }) => containersOf(pod).map(({ state }) => state?.waiting?.message)).find(tells);
  const told = all.flatMap(({ pod }) => eventsAbout(events.items, pod.metadata.name, 'Pod'))
    .filter(({ reason, message }) => reason === 'Failed' && message?.startsWith('Failed to pull image')).map(({ message }) => message).find(tells);
  return own ?? told ?? all[0]?.message ?? all[0]?.reason;
};

/** The answer without what kubelet and runtime say before it. */
const answerIn = (words: string): string => words
  .replace(/^(Back-off pulling image "[^"]+": |Failed to pull image "[^"]+": |ErrImagePull: |rpc error: code = \w+ desc = |initializing source docker:\/\/\S+: )+/, '');

/** The image that cannot be pulled, as the pod asks for it. */
const imageOf = (pods: readonly Pod[], now: number): string | undefined =>
  stuck(pods, now).flatMap(({ pod }) => containersOf(pod)
    .filter(({ state }) => state?.waiting !== undefined).map(({ name }) => pod.spec?.containers?.find((one) => one.name === name)?.image))
    .find((image) => image !== undefined);

/** What does the registry answer when a node asks for the image? */
export const registryAnswer = (of: Workload) => step({
  id: 'registry-answer',
  asks: msg('What does the registry answer?'),
  why: msg('The answer tells a wrong pull secret from a missing image and from a network problem.'),
  reads: { pods: podsOf(of), events: warnings(of.in) },
  optional: ['events'],
  required: false,
  reasons: REASONS,
  check: (seen, { now }): Finding<Reason> => {
    const image = imageOf(seen.pods.items, now);
    const words = answer(seen, now);
    if (words === undefined) return notApplicable('notNeeded', msg('Not needed: no pod waits for an image.'));
    const reason = (ANSWERS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'otherwise') as Exclude<Reason, 'notNeeded'>;
    return fail(reason, SAYS[reason](quote(answerIn(words))), {
      expected: msg('the image'),
      ...(image === undefined ? {} : { rows: [{ of: 'table', columns: [msg('Image')], rows: [[image]] }] }),
    });
  },
  out: {
    image: ({ pods }, { now }: Given) => imageOf(pods.items, now),
    node: ({ pods }, { now }: Given) => stuck(pods.items, now)[0]?.pod.spec?.nodeName,
  },
});
