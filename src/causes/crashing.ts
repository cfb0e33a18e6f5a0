import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { readLastWords } from '../mitigations/crashing';
import { deleteOperatorPod } from '../mitigations/deletePod';
import { findMemory } from '../mitigations/operands';
import { type DeploymentWorkload } from '../sources/workload';
import { type alertHint } from '../steps/alertHint';
import { type crashes } from '../steps/crashes';
import { type currentLogs } from '../steps/currentLogs';
import { type podsRunning } from '../steps/podsRunning';
import { type probeAnswer } from '../steps/probeAnswer';

type Running = ReturnType<typeof podsRunning>;

/** The containers start and end again and again. Their pods keep the phase Running all the while. */
export const crashLoop = (of: DeploymentWorkload, running: Running, ends: ReturnType<typeof crashes>, hint: typeof alertHint) => cause({
  id: 'crash-loop',
  says: msg('{{name}} starts and ends again and again.', { name: of.name }),
  confirmedBy: ends.is('panic', 'leaseLost', 'forbidden', 'certificate', 'apiUnreachable', 'exited'),
  supportedBy: [...running.is('crashLoop'), ...hint.is('crashLoop')],
  refutedBy: running.is('allRunning'),
  explains: ['failing-probe'],
  mitigations: [readLastWords(of, running), deleteOperatorPod(of)],
});

/** The kernel kills the container because it, or its node, has no memory left. */
export const outOfMemory = (of: DeploymentWorkload, running: Running, ends: ReturnType<typeof crashes>) => cause({
  id: 'out-of-memory',
  says: msg('{{name}} is killed again and again for want of memory.', { name: of.name }),
  confirmedBy: ends.is('outOfMemory'),
  refutedBy: running.is('allRunning'),
  explains: ['crash-loop', 'failing-probe'],
  mitigations: [findMemory(of, running), readLastWords(of, running)],
});

/** The pods run and do not answer their readiness probe. */
export const failingProbe = (of: DeploymentWorkload, running: Running, logs: ReturnType<typeof currentLogs>, probe?: ReturnType<typeof probeAnswer>) => cause({
  id: 'failing-probe',
  says: msg('{{name}} runs and does not pass its readiness probe.', { name: of.name }),
  confirmedBy: running.is('notReady'),
  supportedBy: [...logs.is('panic', 'forbidden', 'certificate', 'apiUnreachable'), ...(probe?.is('refused', 'timeout', 'status', 'tls', 'otherwise') ?? [])],
  refutedBy: running.is('allRunning'),
  mitigations: [deleteOperatorPod(of), readLastWords(of, running)],
});
