import { leaderCandidates } from './leaderCandidates';
import { leaderChanges, leaderLost } from './leaderChanges';
import { type Election } from './leaderElection';
import { leaderLog } from './leaderLog';
import { leaderMetric, leaderScraped } from './leaderMetric';
import { leaderReady } from './leaderReady';
import { leaseHolder } from './leaseHolder';
import { leaseBindings, leaseRights } from './leaseRights';
import { leaseWebhookBackends, leaseWebhooks } from './leaseWebhooks';

/** Every question about one election, wired to each other, in the order in which they are asked. */
export const electionSteps = (election: Election) => {
  const candidates = leaderCandidates(election);
  const holder = leaseHolder(election);
  const bindings = leaseBindings(election, candidates);
  const webhooks = leaseWebhooks(election);
  return {
    candidates,
    metric: leaderMetric(election),
    holder,
    scraped: leaderScraped(election, holder),
    ready: leaderReady(election),
    log: leaderLog(election, candidates),
    bindings,
    rights: leaseRights(election, candidates, bindings),
    webhooks,
    backends: leaseWebhookBackends(webhooks),
    changes: leaderChanges(election),
    lost: leaderLost(election, candidates),
  };
};

/** The steps about one election. */
export type ElectionSteps = ReturnType<typeof electionSteps>;
