import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { type Mitigation } from '../engine/mitigation';
import { deleteOperatorPod } from '../mitigations/deletePod';
import {
  calmElection, checkApiPath, confirmRemoval, findHolder, grantLease, openBindings, openDown, repairCaches, repairLeaderCaches, repairLeaseWebhook,
} from '../mitigations/leaseRepairs';
import { shortenLease } from '../mitigations/leaseDuration';
import { seeTargets } from '../mitigations/monitoring';
import { type installed } from '../steps/installed';
import { type Election } from '../steps/leaderElection';
import { type ElectionSteps } from '../steps/leaderSteps';

/** No process runs that could be elected. */
export const noCandidate = (election: Election, { candidates }: ElectionSteps) => cause({
  id: 'no-candidate',
  says: msg('No pod of {{name}} runs, so there is nobody to elect.', { name: election.of.name }),
  confirmedBy: candidates.is('none'),
  explains: ['stuck-before-election'],
  mitigations: [openDown(election)],
});

/** The pods run and wait for a cache that never fills. */
export const stuckBeforeElection = (election: Election, steps: ElectionSteps) => cause({
  id: 'stuck-before-election',
  says: msg('The pods of {{name}} never reach the election: they cannot read what they need before it.', { name: election.of.name }),
  // A program that serves nothing before the election may hang for any reason: only its log says that this is it.
  confirmedBy: election.servesWhileWaiting ? steps.ready.is('stuck') : steps.log.is('cacheNotSynced'),
  supportedBy: [...steps.log.is('cacheNotSynced', 'notAttempted'), ...steps.ready.is('stuck', 'someStuck')],
  refutedBy: [...steps.ready.is('reached'), ...steps.holder.is('renewed')],
  mitigations: [repairCaches(election, steps), checkApiPath(election), deleteOperatorPod(election.of)],
});

/** The leader has the lease and waits for a cache that never fills: it manages nothing, and does not say that it leads. */
export const idleLeader = (election: Election, steps: ElectionSteps) => cause({
  id: 'idle-leader',
  says: msg('{{name}} has a leader that never begins to work: it cannot read what it needs.', { name: election.of.name }),
  confirmedBy: steps.scraped.is('idle'),
  supportedBy: steps.log.is('leaderCacheNotSynced'),
  refutedBy: steps.metric.is('oneLeads'),
  explains: ['leader-not-scraped'],
  mitigations: [repairLeaderCaches(election, steps), deleteOperatorPod(election.of)],
});

/** The API server refuses the lease: a right is missing. */
export const leaseForbidden = (election: Election, steps: ElectionSteps) => cause({
  id: 'lease-forbidden',
  says: msg('{{name}} lost its right to use the lease.', { name: election.of.name }),
  confirmedBy: [...steps.rights.is('missing'), ...steps.log.is('forbidden')],
  supportedBy: steps.bindings.is('unbound'),
  refutedBy: steps.holder.is('renewed'),
  explains: ['api-unreachable', 'flapping'],
  mitigations: [grantLease(election, steps), openBindings(election)],
});

/** An admission webhook stands between the candidates and the lease. */
export const leaseWebhook = (election: Election, steps: ElectionSteps) => cause({
  id: 'lease-webhook',
  says: msg('An admission webhook keeps {{name}} from writing the lease.', { name: election.of.name }),
  confirmedBy: [...steps.log.is('webhookFails', 'denied'), ...steps.backends.is('noBackend')],
  refutedBy: steps.holder.is('renewed'),
  explains: ['api-unreachable', 'flapping'],
  mitigations: [repairLeaseWebhook(steps)],
});

/** The candidates do not reach the API server, or it answers too late. */
export const apiUnreachable = (election: Election, steps: ElectionSteps) => cause({
  id: 'api-unreachable',
  says: msg('{{name}} does not reach the API server, or gets no answer in time.', { name: election.of.name }),
  confirmedBy: steps.log.is('unreachable'),
  supportedBy: steps.log.is('slowRenewal'),
  explains: ['flapping', 'stuck-before-election'],
  mitigations: [checkApiPath(election), deleteOperatorPod(election.of)],
});

/** Each leader loses the lease soon after it got it. */
export const flapping = (election: Election, steps: ElectionSteps) => cause({
  id: 'flapping',
  says: msg('Leaders come and go: each loses the lease before monitoring sees it.'),
  confirmedBy: steps.changes.is('flapping'),
  supportedBy: [...steps.log.is('slowRenewal'), ...steps.lost.is('lost')],
  // Each election leaves an event, and events outlive any flapping that goes on now.
  refutedBy: steps.changes.is('none', 'some'),
  mitigations: [calmElection(election), checkApiPath(election), deleteOperatorPod(election.of)],
});

/** The lease says that nobody else may have it for a very long time, and nobody renews it. */
export const abnormalLease = (election: Election, steps: ElectionSteps, deletion: Mitigation) => cause({
  id: 'abnormal-lease',
  says: msg('The lease is abnormal: it is valid for far too long, and nobody renews it.'),
  confirmedBy: steps.holder.is('longLease'),
  mitigations: [shortenLease(election), deletion],
});

/** Somebody who is no pod of the workload takes part in its election, and wins. */
export const foreignHolder = (election: Election, steps: ElectionSteps) => cause({
  id: 'foreign-holder',
  says: msg('A program that is no pod of {{name}} holds the lease and renews it.', { name: election.of.name }),
  confirmedBy: steps.holder.is('foreignHolder'),
  mitigations: [findHolder(election, steps)],
});

/** False alarm: there is a leader, and monitoring does not see it. */
export const leaderNotScraped = (election: Election, steps: ElectionSteps) => cause({
  id: 'leader-not-scraped',
  nature: 'falseAlarm',
  says: msg('False alarm: {{name}} has a leader, and monitoring does not see it.', { name: election.of.name }),
  confirmedBy: steps.scraped.is('notTarget', 'scrapeFails', 'dropped'),
  refutedBy: [...steps.metric.is('oneLeads'), ...steps.holder.is('absent', 'unheld', 'holderGone', 'notRenewed', 'longLease', 'foreignHolder')],
  mitigations: [seeTargets(election.of)],
});

/** Virtualization is on its way out, and the workload with it. */
export const beingRemoved = ({ of }: Election, { log }: ElectionSteps, where: typeof installed) => cause({
  id: 'being-removed',
  nature: 'expected',
  says: msg('Virtualization is being removed, and {{name}} with it.', { name: of.name }),
  confirmedBy: log.is('terminating'),
  supportedBy: where.is('beingRemoved'),
  mitigations: [confirmRemoval],
});
