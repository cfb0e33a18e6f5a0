import { type Finding, info, notApplicable, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { podLog } from '../sources/logs';
import { launcherNodes } from './launcherNodes';
import { type LogPattern, logRows, patternOf } from './logPatterns';
import { virtHandler } from './workloads';

const TAIL = 200;

/**
 * What virt-handler says when it cannot care for VMs of its node: KubeVirt v1.8.4 `pkg/virt-handler/vm.go` and
 * `pkg/network/errors/errors.go` for the network; the kernel, client-go and Go's runtime for the rest.
 */
export const HANDLER_LINES = [
  { reason: 'panic', matches: /^(panic: |fatal error: )|panic: runtime error/ },
  { reason: 'noInotify', matches: /too many open files/ },
  { reason: 'networkSetup', matches: /virt-launcher crashed due to a network error|Critical network error/ },
  { reason: 'apiUnreachable', matches: /dial tcp \S+: (connect: )?(connection refused|i\/o timeout|no route to host)|net\/http: TLS handshake timeout/ },
  // That its own client certificate is not there it can say every minute; that line (kubevirt/kubevirt#16264) is not matched.
  { reason: 'certificate', matches: /x509: |tls: failed to verify certificate/, butNot: /TLS handshake error from/ },
] as const satisfies readonly LogPattern<string>[];

type Known = (typeof HANDLER_LINES)[number]['reason'];

const SAYS: Readonly<Record<Known, (lines: number) => Message>> = {
  panic: (lines) => msg('virt-handler panicked ({{lines}} lines).', { lines }),
  noInotify: (lines) => msg('The node has no file watches left: its inotify limits are too low ({{lines}} lines).', { lines }),
  networkSetup: (lines) => msg('virt-handler cannot set up the network of VMs ({{lines}} lines).', { lines }),
  apiUnreachable: (lines) => msg('virt-handler does not reach the API server ({{lines}} lines).', { lines }),
  certificate: (lines) => msg('A certificate is not trusted ({{lines}} lines).', { lines }),
};

/** What virt-handler says on the nodes with many failed pods. */
export const launcherHandlerLog = step({
  id: 'launcher-handler-log',
  asks: msg('What does virt-handler say on these nodes?'),
  reads: { logs: each(launcherNodes.out.handlers, { atMost: 3 }, ({ pod, container }) => podLog({ in: virtHandler.in, pod, container, tail: TAIL })) },
  inputs: { handlers: launcherNodes.out.handlers },
  reasons: ['notNeeded', 'panic', 'noInotify', 'networkSetup', 'apiUnreachable', 'certificate', 'quiet', 'cut'],
  required: false,
  check: ({ logs }, { inputs: { handlers } }): Finding<'notNeeded' | Known | 'quiet' | 'cut'> => {
    if (handlers.length === 0) return notApplicable('notNeeded', msg('Not needed: no node has many failed pods, or virt-handler does not run there.'));
    const found = HANDLER_LINES.map(({ reason }) => ({ reason, lines: logs.items.filter((line) => patternOf(HANDLER_LINES, line) === reason).length })).filter(({ lines }) => lines > 0);
    const rows = logRows(HANDLER_LINES, logs.items);
    const [first, ...others] = found;
    if (first) return warn<Known>(first.reason, SAYS[first.reason](first.lines), { also: others.map(({ reason }) => reason), rows });
    return logs.complete
      ? pass('quiet', msg('Nothing that this page knows as a problem.'), { rows })
      : info('cut', msg('Nothing that this page knows as a problem in the last {{lines}} lines of each. Older lines were not read.', { lines: TAIL }), { rows });
  },
});
