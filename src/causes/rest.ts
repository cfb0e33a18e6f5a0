import { type Cause, cause } from '../engine/cause';
import { msg } from '../engine/message';
import { checkApiPath } from '../mitigations/leaseRepairs';
import { seeTargets } from '../mitigations/monitoring';
import {
  askRefuser, checkNodeNetwork, compareVersions, easeLoad, findAsker, findMissing, findWriter, mendApiServer, raiseLimit, renewTokens, replaceOne, restoreRight, reviveWebhook, seeNode, watchShare,
} from '../mitigations/restRepairs';
import { type RestCalls } from '../steps/restReadings';
import { type RestSteps } from '../steps/restSteps';

/** A right that KubeVirt ships is not among those that the roles give. */
const rightMissing = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'right-missing',
  says: msg('{{name}} lost a right that KubeVirt gives it.', { name: of.name }),
  confirmedBy: steps.rights.is('missing'),
  supportedBy: [...steps.codes.is('forbidden'), ...steps.log.is('forbidden')],
  refutedBy: steps.rights.is('allowed'),
  mitigations: restoreRight(of, steps),
});

/** The API server does not accept the tokens of the pods. */
const notKnown = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'not-logged-in',
  says: msg('The API server does not accept the tokens of {{name}}.', { name: of.name }),
  confirmedBy: steps.codes.is('unauthorized'),
  supportedBy: [...steps.account.is('gone', 'newer'), ...steps.log.is('unauthorized')],
  mitigations: renewTokens(of, steps),
});

/** A webhook that must be asked does not answer. */
const webhookDown = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'webhook-down',
  says: msg('A webhook that does not answer stops what {{name}} writes.', { name: of.name }),
  confirmedBy: [...steps.webhook.is('noBackend'), ...steps.log.is('webhookFails')],
  supportedBy: steps.codes.is('serverError'),
  explains: ['api-server-failing'],
  mitigations: [reviveWebhook(steps)],
});

/** A webhook or a policy says no. */
const webhookDenies = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'webhook-denies',
  says: msg('A policy refuses what {{name}} writes.', { name: of.name }),
  confirmedBy: steps.log.is('denied'),
  supportedBy: steps.rights.is('allowed'),
  explains: ['refused-as-invalid'],
  mitigations: [askRefuser(of, steps)],
});

/** The API server or etcd fails. */
const apiServerFailing = (_: RestCalls, steps: RestSteps): Cause => cause({
  id: 'api-server-failing',
  says: msg('The API server or etcd behind it fails.'),
  confirmedBy: [...steps.log.is('serverError'), ...steps.apiServer.is('unavailable')],
  supportedBy: [...steps.codes.is('serverError'), ...steps.apiServer.is('degraded')],
  mitigations: [mendApiServer],
});

/** Priority and fairness turns the calls away. */
const throttled = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'throttled',
  says: msg('The API server turns {{name}} away to protect itself.', { name: of.name }),
  confirmedBy: steps.codes.is('throttled'),
  supportedBy: [...steps.flow.is('rejects'), ...steps.log.is('throttled')],
  mitigations: [easeLoad(steps)],
});

/** One pod is ill and the others are not. */
const onePod = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'one-pod',
  says: msg('One pod of {{name}} fails with calls that its peers make without failing.', { name: of.name }),
  confirmedBy: steps.pods.is('oneExplains'),
  supportedBy: steps.pods.is('oneDiffers'),
  refutedBy: steps.pods.is('alike', 'noneStands'),
  mitigations: [replaceOne(of, steps), seeNode(steps)],
});

/** Somebody else writes the same objects. */
const conflicts = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'conflicting-writer',
  says: msg('Somebody else writes the same objects as {{name}}, again and again.', { name: of.name }),
  confirmedBy: steps.codes.is('conflict'),
  supportedBy: steps.log.is('conflict'),
  mitigations: [findWriter(of, steps)],
});

/** What is written does not fit what the API server takes. */
const invalid = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'refused-as-invalid',
  says: msg('The API server does not accept what {{name}} writes.', { name: of.name }),
  confirmedBy: steps.codes.is('invalid'),
  supportedBy: steps.log.is('invalid'),
  mitigations: [compareVersions(of, steps)],
});

/** What is asked for is not there. Of virt-api that is its clients' doing, and harmless. */
const notFound = ({ of }: RestCalls, steps: RestSteps): Cause => cause({
  id: 'not-found',
  ...(of.name === 'virt-api'
    ? { nature: 'falseAlarm' as const, says: msg('False alarm: clients ask virt-api for VMs that do not run or do not exist.') }
    : { says: msg('{{name}} asks for things that are not there.', { name: of.name }) }),
  confirmedBy: steps.codes.is('notFound'),
  supportedBy: steps.log.is('notFound'),
  mitigations: [of.name === 'virt-api' ? findAsker(of) : findMissing(of, steps)],
});

/** A handful of calls, most of which failed by chance. */
const fewCalls = (rest: RestCalls, steps: RestSteps): Cause => cause({
  id: 'few-calls',
  nature: 'falseAlarm',
  says: msg('False alarm: {{name}} makes so few calls that a handful of harmless errors is most of them.', { name: rest.of.name }),
  confirmedBy: steps.ratio.is('chance'),
  mitigations: [watchShare(rest)],
});

/** What can make the rules about failing calls true, most likely first. */
export const restCauses = (rest: RestCalls, steps: RestSteps): readonly Cause[] =>
  [rightMissing, notKnown, webhookDown, webhookDenies, apiServerFailing, throttled, onePod, conflicts, invalid, notFound, fewCalls].map((make) => make(rest, steps));

/** What is found beside them and cannot: calls without an answer are not counted, and calls that wait are not refused. */
export const restCompany = ({ of }: RestCalls, steps: RestSteps): readonly Cause[] => [
  cause({
    id: 'cut-off',
    says: msg('{{name}} does not reach the API server. Calls without an answer are not counted as failed, so this alert may be silent about it.', { name: of.name }),
    confirmedBy: steps.silence.is('allPods'),
    supportedBy: [...steps.silence.is('some'), ...steps.log.is('unreachable')],
    mitigations: [checkApiPath({ of })],
  }),
  cause({
    id: 'pod-cut-off',
    says: msg('One pod of {{name}} does not reach the API server from its node.', { name: of.name }),
    confirmedBy: steps.silence.is('onePod'),
    supportedBy: steps.nodes.is('someDown', 'somePressed'),
    mitigations: [checkNodeNetwork(of, steps)],
  }),
  cause({
    id: 'own-limit',
    says: msg('{{name}} holds its own calls back: they are late, not refused.', { name: of.name }),
    confirmedBy: [...steps.limiter.is('slow'), ...steps.log.is('ownLimit')],
    mitigations: [raiseLimit(of)],
  }),
  cause({
    id: 'not-scraped',
    nature: 'falseAlarm',
    says: msg('Prometheus hears of too few pods of {{name}} to judge their calls.', { name: of.name }),
    confirmedBy: [...steps.scraped.is('some', 'none'), ...steps.ratio.is('noSeries')],
    mitigations: [seeTargets(of)],
  }),
];
