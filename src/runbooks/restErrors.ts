import { restCauses, restCompany } from '../causes/rest';
import { upgradeRunning } from '../causes/upgradeRunning';
import { msg } from '../engine/message';
import { type Runbook, type RuleForm } from '../engine/runbook';
import { type Step } from '../engine/step';
import { silence, supportCase } from '../mitigations/always';
import { type Workload } from '../sources/workload';
import { noVmNotices } from '../steps/affectedVms';
import { alertOrder, editsOf, nodeChanges } from '../steps/changes';
import { installation } from '../steps/installation';
import { installed } from '../steps/installed';
import { type RestCalls, burstOf, highOf } from '../steps/restReadings';
import { restSteps } from '../steps/restSteps';
import { upgrade } from '../steps/upgrade';
import { warningEvents } from '../steps/warningEvents';
import { virtOperator } from '../steps/workloads';

/** What the eight alerts about failing calls share; their texts stand in their own files. */
type Shared = Pick<Runbook, 'forms' | 'diagnosis' | 'affected' | 'around' | 'causes' | 'company' | 'always'>;

/** The rule as `getErrorRatio` of KubeVirt writes it: 1.8.4, `pkg/monitoring/rules/alerts`. */
const exprOf = ({ of: { name }, minutes, threshold }: RestCalls, counter: string): string => {
  const rate = (code: string): string => `sum ( rate ( ${counter}{namespace="$NAMESPACE",pod=~"${name}-.*"${code}} [${minutes}m] ) )`;
  return `${rate(',code=~"(4|5)[0-9][0-9]"')} / ${rate('')} >= ${threshold}`;
};

const formsOf = (calls: RestCalls, releases: string, seconds: number): readonly RuleForm[] => [
  { id: 'named', expr: exprOf(calls, 'kubevirt_rest_client_requests_total'), for: seconds, releases },
  { id: 'plain', expr: exprOf(calls, 'rest_client_requests_total'), for: seconds, releases: 'KubeVirt 1.2 (HCO 1.12)' },
];

const shared = (calls: RestCalls, forms: readonly RuleForm[], more: readonly Step[]): Shared => {
  const { of } = calls;
  const steps = restSteps(calls);
  const install = installation(virtOperator);
  return {
    forms,
    diagnosis: [
      installed, steps.ratio, steps.calls, steps.pods, steps.codes, steps.log, steps.account, steps.bindings, steps.rights, steps.webhook,
      steps.flow, steps.apiServer, steps.silence, steps.limiter, steps.scraped, steps.running, ...more, steps.nodes, warningEvents(of), install, upgrade,
    ],
    affected: noVmNotices,
    around: [nodeChanges, editsOf(of), alertOrder],
    causes: [...restCauses(calls, steps), upgradeRunning(upgrade)],
    company: restCompany(calls, steps),
    always: [supportCase(of, install), silence],
  };
};

/** 80 % of the calls of 5 minutes failed: in every release. `more`: what only one component is asked. */
export const restErrorsBurst = (of: Workload, ...more: readonly Step[]): Shared => shared(burstOf(of), formsOf(burstOf(of), 'KubeVirt 1.3 and later (HCO 1.13 and later)', 300), more);

/** 5 % of the calls of an hour failed: in older releases. */
export const restErrorsHigh = (of: Workload, ...more: readonly Step[]): Shared => shared(highOf(of), formsOf(highOf(of), 'KubeVirt 1.3 and 1.4 (HCO 1.13 and 1.14)', 0), more);

/** What is said when no supported release raises an alert any more. */
export const noLongerRaised = msg('KubeVirt 1.5 (HCO 1.15) dropped this rule: 5 % of harmless answers is what a busy component gets. The Burst alert of the same component remains.');

/** Where this page does otherwise than all of the published texts. */
export const differsForAll: Runbook['differs'] = [
  {
    published: msg('The calls are described as calls made to the pods.'),
    here: msg('The counter is that of the client: calls that the component makes to the API server. What others ask of the component is not in it.'),
  },
  {
    published: msg('Time-outs, DNS and a lost network are named as the usual causes.'),
    here: msg('A call without any answer is counted with the code <error>, which the rule does not take for failed. A lost connection cannot raise this alert, it thins the share and hides it. It is a question of its own here.'),
  },
  {
    published: msg('Every failed call is taken for trouble with the connection.'),
    here: msg('404, 409 and 422 count too. This page shows the codes, the calls and the pods before it offers anything.'),
  },
  {
    published: msg('Pods whose log shows connection errors are deleted, with a command that lacks the kind.'),
    here: msg('A new pod is offered for one pod alone, if its peers make the same call without failing; it is deleted by its uid. Restarting all of them lists everything again, which makes an overloaded API server worse.'),
  },
  {
    published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
    here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
  },
  {
    published: msg('The metric has one name.'),
    here: msg('Up to KubeVirt 1.2 the counter was called rest_client_requests_total. This page asks for both.'),
  },
  {
    published: msg('That nothing may be wrong at all is not considered.'),
    here: msg('Of a handful of calls a few harmless answers are most. This page says how many calls the share is made of.'),
  },
];

/** And where, than those about the Burst alerts. */
export const differsForBurst: Runbook['differs'] = [
  {
    published: msg('Some texts say 5 minutes, others 10.'),
    here: msg('The share is taken over 5 minutes and has to hold for another 5.'),
  },
  ...differsForAll,
];
