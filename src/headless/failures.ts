import { type FailureReason, type Message, type Missing, msg, permissionText, visible } from '../engine';

/** Why something could not be read, and what to do about it in a terminal. */
export const FAILURES_HERE: Readonly<Record<FailureReason, Message>> = {
  forbidden: msg('This user may not read it. Bind the roles that `virt-runbooks needs` prints, or use another --context.'),
  unauthorized: msg('The credentials are not accepted. Log in again, or give a token with --token-file.'),
  apiNotInstalled: msg('The cluster does not serve this API. The operator that brings it is not installed.'),
  timedOut: msg('The server did not answer in time.'),
  unreachable: msg('The server could not be reached.'),
  serverError: msg('The server answered with an error of its own.'),
  tooManyRequests: msg('The server asks for fewer requests. Try again in a minute.'),
  tooLarge: msg('The answer is too large.'),
  malformed: msg('The answer is not what this API sends. A proxy or a login page may have answered.'),
  stale: msg('The newest data is too old to stand on. Look whether Prometheus still scrapes.'),
  notConfigured: msg('No address is known. Name Prometheus with --prometheus.'),
  rejected: msg('The server refused the question.'),
};

/** One thing that could not be read, and how many checks wanted it. */
export interface Unread {
  readonly what: string;
  readonly says: Message;
  readonly checks: number;
}

const whatOf = ({ permission, reading, of, detail }: Missing): string => {
  const words = detail ? ` (${visible(detail, 300)})` : '';
  if (permission) return `${permissionText(permission)}${permission.namespace ? ` in ${visible(permission.namespace)}` : ''}${words}`;
  return `${reading}${of ? ` of ${visible(of)}` : ''}${words}`;
};

/** Everything that could not be read, each reason once, however many checks it kept from an answer. */
export const unreadOf = (steps: readonly { readonly missing: readonly Missing[] }[]): readonly Unread[] => {
  const found = new Map<string, Unread>();
  for (const { missing } of steps) {
    const here = new Map(missing.map((one) => [`${one.reason} ${one.permission ? permissionText(one.permission) + (one.permission.namespace ?? '') : one.detail ?? ''}`, one]));
    for (const [key, one] of here) {
      const before = found.get(key);
      found.set(key, { what: before?.what ?? whatOf(one), says: FAILURES_HERE[one.reason], checks: (before?.checks ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.checks - a.checks);
};
