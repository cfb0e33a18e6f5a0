import { msg } from '../engine/message';
import { accountRoles } from './accountRoles';
import { nodesHealthy } from './nodesHealthy';
import { podsRunning } from './podsRunning';
import { restAccount } from './restAccount';
import { restApiServer } from './restApiServer';
import { restCalls } from './restCalls';
import { restCodes } from './restCodes';
import { restFlow } from './restFlow';
import { restLimiter } from './restLimiter';
import { restLog } from './restLog';
import { restPods } from './restPods';
import { restRatio } from './restRatio';
import { type RestCalls } from './restReadings';
import { restRights } from './restRights';
import { restScraped } from './restScraped';
import { restSilence } from './restSilence';
import { restWebhook } from './restWebhook';

/** Every question about the failing calls of one workload, wired to each other, in the order in which they are asked. */
export const restSteps = (rest: RestCalls) => {
  const { of } = rest;
  const calls = restCalls(rest);
  const pods = restPods(rest, calls);
  const log = restLog(rest, pods);
  const account = restAccount(of);
  const bindings = accountRoles({ id: 'rest-bindings', of, account: account.out.account, why: msg('What a program may do is the sum of its roles.') });
  return {
    running: podsRunning(of),
    ratio: restRatio(rest),
    calls,
    pods,
    codes: restCodes(rest, pods),
    silence: restSilence(rest),
    log,
    webhook: restWebhook(log),
    account,
    bindings,
    rights: restRights(of, calls, account, bindings),
    flow: restFlow,
    apiServer: restApiServer,
    limiter: restLimiter(rest),
    scraped: restScraped(of),
    nodes: nodesHealthy(of),
  };
};

/** The steps about failing calls. */
export type RestSteps = ReturnType<typeof restSteps>;
