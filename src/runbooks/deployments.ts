import {
  answersBadly, keepsEnding, keptFromReady, keptFromRunning, lowByDesign, operandUnwanted, operatorUnwanted, readyNotScraped, rolloutRunning, saysNotReady,
} from '../causes/deployment';
import { scrapeFailing, seriesMissing } from '../causes/metrics';
import { upgradeRunning } from '../causes/upgradeRunning';
import { type Cause, firesIn } from '../engine/cause';
import { msg } from '../engine/message';
import { type Mitigation } from '../engine/mitigation';
import { type Runbook, type RuleForm } from '../engine/runbook';
import { type ReadStep, type Step } from '../engine/step';
import { silence, supportCase } from '../mitigations/always';
import { type DeploymentWorkload } from '../sources/workload';
import { alertOrder, editsOf, nodeChanges } from '../steps/changes';
import { type DeploymentSteps, operandSteps, operatorSteps } from '../steps/deploymentSteps';
import { installed } from '../steps/installed';
import { readyForms, someReadyForms, downForms, lowForms } from './deploymentForms';

/** What the alerts about one Deployment share; their texts stand in their own files. */
type Shared = Pick<Runbook, 'scope' | 'forms' | 'diagnosis' | 'around' | 'causes' | 'company' | 'always'>;

/** A component of the control plane: its questions, and what takes all its pods away. */
export interface Family {
  readonly of: DeploymentWorkload;
  readonly steps: DeploymentSteps;
  /** Who owns the Deployment, and what it wants. */
  readonly owning: readonly ReadStep[];
  readonly unwanted: readonly Cause[];
  /** One pod on purpose. */
  readonly byDesign: readonly Cause[];
}

/** The questions about virt-operator, which OLM owns. */
export const operatorFamily = (of: DeploymentWorkload): Family => {
  const { desired, ...steps } = operatorSteps(of);
  return { of, steps, owning: [desired], unwanted: operatorUnwanted(of, { desired, ...steps }), byDesign: [] };
};

/** The questions about a component that virt-operator owns. */
export const operandFamily = (of: DeploymentWorkload): Family => {
  const { desired, owner, ...steps } = operandSteps(of);
  const all = { desired, owner, ...steps };
  return { of, steps, owning: [owner, desired], unwanted: operandUnwanted(of, all), byDesign: [lowByDesign(of, all)] };
};

/** What a runbook has beside what its family shares. */
interface More {
  readonly steps?: readonly Step[];
  readonly company?: readonly Cause[];
  /** What helps a program that reports itself not ready although its pod is. */
  readonly asItself?: readonly Mitigation[];
}

const NONE: More = {};
const all = (forms: readonly string[], causes: readonly Cause[]): readonly Cause[] => causes.map((one) => firesIn(forms, one));

const shared = ({ of, steps, owning }: Family, forms: readonly RuleForm[], { steps: further = [] }: More): Omit<Shared, 'causes' | 'company'> => ({
  scope: 'platform', forms,
  diagnosis: [
    installed, steps.hint, steps.exporter, ...owning, steps.install, steps.created, steps.running, steps.answer, steps.placed, steps.healthy, steps.ends, steps.probe,
    steps.logs, steps.events, steps.rollout, steps.sees, steps.signals, ...further, steps.upgrade,
  ],
  around: [nodeChanges, editsOf(of), alertOrder],
  always: [supportCase(of, steps.install), silence],
});

const passing = ({ of, steps }: Family): readonly Cause[] => [rolloutRunning(of, steps), upgradeRunning(steps.upgrade)];

/** No pod is in the phase Running. A pod that crashes or fails its probe is, so both raise only rules that rest on the scrape. */
export const downAlert = (family: Family, more: More = NONE): Shared => {
  const { of, steps, unwanted } = family;
  return {
    ...shared(family, downForms(of), more),
    causes: [
      ...unwanted, ...keptFromRunning(of, steps), ...all(['scraped'], keptFromReady(of, steps)), firesIn(['running'], seriesMissing(of, steps.sees)),
      firesIn(['scraped'], scrapeFailing(of, steps.sees)), ...passing(family),
    ],
    company: more.company ?? [],
  };
};

/** No pod is ready, or none is seen to be: whatever keeps pods from running, from staying up, from their probe, or from being scraped. */
export const noneReadyAlert = (family: Family, more: More = NONE): Shared => {
  const { of, steps, unwanted } = family;
  const forms = readyForms(of);
  // A rule that adds up what programs say of themselves takes neither a probe nor kube-state-metrics into account.
  const judging = forms.flatMap(({ id }) => (id === 'own' || id === 'counted' ? [] : [id]));
  const counting = forms.flatMap(({ id }) => (id === 'own' ? [] : [id]));
  return {
    ...shared(family, forms, more),
    causes: [
      ...unwanted, ...keptFromRunning(of, steps), ...keepsEnding(of, steps), ...all(judging, answersBadly(of, steps)), saysNotReady(of, steps, more.asItself), readyNotScraped(of, steps),
      firesIn(counting, seriesMissing(of, steps.sees)), ...passing(family),
    ],
    company: more.company ?? [],
  };
};

/** Some pods run and are not ready. What does not run is not counted here, and what is not wanted neither. */
export const someReadyAlert = (family: Family, more: More = NONE): Shared => {
  const { of, steps, unwanted } = family;
  return {
    ...shared(family, someReadyForms(of), more),
    causes: [
      ...all(['ready', 'counted'], keepsEnding(of, steps)), ...all(['ready', 'old'], answersBadly(of, steps)), saysNotReady(of, steps, more.asItself),
      firesIn(['ready', 'counted'], readyNotScraped(of, steps)), firesIn(['old'], seriesMissing(of, steps.sees)), ...passing(family),
    ],
    company: [...unwanted, ...keptFromRunning(of, steps), ...(more.company ?? [])],
  };
};

/** Fewer than three of four wanted pods run. Nothing wanted divides nothing by nothing, which is below no limit. */
export const lowAlert = (family: Family, seconds: number, more: More = NONE): Shared => {
  const { of, steps, unwanted, byDesign } = family;
  const scraped = ['up', 'upOld', 'two'];
  return {
    ...shared(family, lowForms(of, seconds), more),
    causes: [
      ...keptFromRunning(of, steps), ...all(scraped, keptFromReady(of, steps)), ...all(['two'], unwanted), ...all(['two'], byDesign),
      firesIn(scraped, readyNotScraped(of, steps)), ...passing(family),
    ],
    company: more.company ?? [],
  };
};

/** Traps that the published texts of all these alerts share. */
export const SHARED_TRAPS: Runbook['differs'] = [
  {
    published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
    here: msg('The namespace is read from the KubeVirt object, and two objects are said to be two.'),
  },
];

/** Where the published texts of these alerts stand. */
export const published = (alert: string): Runbook['source'] => ({
  url: `https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/${alert}.md`,
  revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.8.4 (OpenShift Virtualization 4.22)',
});
