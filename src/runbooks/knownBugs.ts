/** A known bug of KubeVirt, as data: who has it, how it shows, where it is repaired. */
export interface KnownBug {
  /** Number of the issue in github.com/kubevirt/kubevirt. */
  readonly issue: number;
  readonly link: string;
  /** First release that has it; absent: as far back as matters. */
  readonly since?: string;
  /** First repaired release of each line, newest line first. A line that is not listed and older is not repaired. */
  readonly fixedIn: readonly string[];
  /** The change that repairs it. */
  readonly fix: string;
  /** What to look for. */
  readonly fingerprint: KnownBugFingerprint;
}

/** How a known bug shows: all that is given must hold. */
export interface KnownBugFingerprint {
  /** A log line, and the component that writes it. */
  readonly line?: { readonly component: string; readonly matches: RegExp };
  /** A container that ends with this code although its VM goes on. */
  readonly container?: { readonly name: string; readonly exitCode: number };
  /** A field of the VM instance that stays set. */
  readonly vmiField?: string;
  /** At least so many failed target pods of one VM on one node. */
  readonly targetsPerNode?: number;
}

const issue = (number: number): string => `https://github.com/kubevirt/kubevirt/issues/${number}`;
const change = (number: number): string => `https://github.com/kubevirt/kubevirt/pull/${number}`;

/**
 * Bugs whose trace an alert of ours can be. Versions from the history of kubevirt/kubevirt as of 2026-11-21: a repair that
 * stands on a release branch without a tag is given the next tag.
 */
export const KNOWN_BUGS: readonly KnownBug[] = [
  {
    // Migration targets without end: stale network state of a dead target kills every successor on that node.
    issue: 18087, link: issue(18087), fix: change(18103), fixedIn: ['1.9.0', '1.8.5', '1.7.5', '1.6.7'],
    fingerprint: { line: { component: 'virt-handler', matches: /vif-cache-\S+\.json: no such file/ }, targetsPerNode: 10 },
  },
  {
    // An evacuation cannot be taken back: migrations are made again as long as the node's name stands on the VM instance. Reported
    // for 0.36 already (#5177). 1.7.0 brought a way to cancel it, which virtctl of 1.8.4 cannot use yet (#17008).
    issue: 9585, link: issue(9585), fix: change(15957), fixedIn: ['1.8.0', '1.7.0'],
    fingerprint: { vmiField: 'status.evacuationNodeName' },
  },
  {
    // The source pod of a successful migration fails with its console log. As a sidecar that no longer counts for the phase of the
    // pod; pods of before stay until they are deleted, and only #17707 (1.9.0, 1.8.5) collects them with their migrations.
    issue: 10695, link: issue(10695), since: '1.1.0', fix: change(13422), fixedIn: ['1.6.0'],
    fingerprint: { container: { name: 'guest-console-log', exitCode: 1 } },
  },
];

const numbers = (version: string): readonly number[] => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((number, i) => number - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;

/**
 * Does a release of KubeVirt have the bug? `version` as KubeVirt reports it, `v1.8.4`; undefined if it cannot be told, as for
 * builds that do not follow that form.
 */
export const isAffected = ({ since, fixedIn }: Pick<KnownBug, 'since' | 'fixedIn'>, version: string): boolean | undefined => {
  const own = numbers(version);
  if (own.length !== 3) return undefined;
  if (since !== undefined && compare(own, numbers(since)) < 0) return false;
  const fixes = fixedIn.map(numbers);
  const sameLine = fixes.find(([major, minor]) => major === own[0] && minor === own[1]);
  if (sameLine) return compare(own, sameLine) < 0;
  const newest = fixes.toSorted((a, b) => compare(b, a))[0];
  return newest !== undefined && compare(own, newest) < 0;
};
