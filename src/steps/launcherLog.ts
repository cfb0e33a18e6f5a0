import { type Finding, fail, info } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type LogLine, each } from '../engine/source';
import { step } from '../engine/step';
import { podLog } from '../sources/logs';
import { launcherEnds } from './launcherEnds';

const REASONS = ['notNeeded', 'staleNetwork', 'noKvm', 'noSpace', 'imageLocked', 'notKnown', 'empty'] as const;
type Code = (typeof REASONS)[number];
type Known = Extract<Code, 'staleNetwork' | 'noKvm' | 'noSpace' | 'imageLocked'>;

/**
 * The interface cache of a pod that was never written: KubeVirt v1.8.4 `pkg/network/cache/dhcpconfig.go` names the file,
 * `pkg/network/dhcp/bridge.go` reads it for interfaces with bridge binding, and `pkg/network/setup/network.go` says “failed plugging phase2”. kubevirt/kubevirt#18087
 * tells when it is missing. A missing certificate file is another, harmless line (#16264).
 */
export const STALE_NETWORK = /vif-cache-[\w.-]+\.json: no such file/;

/**
 * The words of QEMU and the kernel for what keeps a VM from starting: qemu/qemu `accel/kvm/kvm-all.c` and `block/file-posix.c`;
 * “failed to initialize” is followed by the accelerator's name, kvm or KVM by release.
 */
const KNOWN: readonly (readonly [Known, RegExp])[] = [
  ['staleNetwork', STALE_NETWORK],
  ['noKvm', /Could not access KVM kernel module|failed to initialize kvm\b/i],
  ['imageLocked', /Failed to get (shared )?\\?"write\\?" lock|Is another process using the image/],
  ['noSpace', /No space left on device/i],
];

/** Which known line this is, if any. */
export const launcherPattern = (text: string): Known | undefined => KNOWN.find(([, pattern]) => pattern.test(text))?.[0];

const SAYS: Readonly<Record<Known, Message>> = {
  staleNetwork: msg('The target pod finds no network state of its own on the node: an earlier target of the same VM left its state behind.'),
  noKvm: msg('The VM process may not use /dev/kvm on its node.'),
  noSpace: msg('A disk or the pod’s own storage is full.'),
  imageLocked: msg('Another process still holds the disk of the VM.'),
};

const about = (lines: readonly LogLine[]): Finding<Code> => {
  const told = lines.map((line) => ({ line, known: launcherPattern(line.text) }));
  const first = told.find(({ known }) => known !== undefined);
  const rows = [{
    of: 'log' as const,
    lines: told.map(({ line, known }) => ({ from: line.pod, ...(line.at ? { at: line.at } : {}), text: line.text, ...(known ? { marked: true } : {}) })),
  }];
  if (first?.known) return fail<Code>(first.known, SAYS[first.known], { expected: msg('none of the known errors'), actual: msg('found'), rows });
  return lines.length === 0
    ? info('empty', msg('Their logs are empty or gone.'), { actual: msg('empty') })
    : info('notKnown', msg('No error that this page knows. The last lines are in the evidence.'), { actual: msg('no known error'), rows });
};

/** The last words of the pods that ended with an error. */
export const launcherLog = step({
  id: 'launcher-log',
  asks: msg('What did the newest failed pods write last?'),
  why: msg('A failed pod keeps its log until it is deleted: read it before cleaning up.'),
  reads: {
    logs: each(launcherEnds.out.crashed, { atMost: 3 }, ({ namespace, pod, container }) => podLog({ in: namespace, pod, container, tail: 60 })),
  },
  inputs: { crashed: launcherEnds.out.crashed },
  reasons: REASONS,
  required: false,
  check: ({ logs }, { inputs: { crashed } }) =>
    (crashed.length === 0 ? info('notNeeded', msg('No sampled pod ended with an error of its own.')) : about(logs.items)),
});
