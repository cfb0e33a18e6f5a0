import { type RuleForm } from '../engine/runbook';
import { type DeploymentWorkload } from '../sources/workload';

/**
 * The rules about one Deployment in every release: KubeVirt 1.2.2 to 1.8.4 and main, `pkg/monitoring/rules/alerts` and
 * `pkg/monitoring/rules/recordingrules/virt.go`. Components came to the newer forms at different times.
 */

type Component = Pick<DeploymentWorkload, 'name'>;

const snake = (name: string): string => name.replaceAll('-', '_');
const isController = ({ name }: Component): boolean => name === 'virt-controller';
const isOperator = ({ name }: Component): boolean => name === 'virt-operator';

const TEN_MINUTES = 600;
const NEWEST = 'KubeVirt 1.8 and later (HCO 1.18 and later)';

const up = ({ name }: Component): string => `sum(up{namespace='$NAMESPACE', pod=~'${name}-.*'}) or vector(0)`;
const own = ({ name }: Component): string => `sum(kubevirt_${snake(name)}_ready_status{namespace='$NAMESPACE'}) or vector(0)`;
const joined = ({ name }: Component, by: string): string =>
  `sum(kube_pod_status_ready{pod=~'${name}-.*', condition='true', namespace='$NAMESPACE'} * on(${by}) kubevirt_${snake(name)}_ready_status{namespace='$NAMESPACE'}) or vector(0)`;

/** No pod runs. */
export const downForms = (of: Component): readonly RuleForm[] => [
  {
    id: 'running', expr: `cluster:kubevirt_${snake(of.name)}_pods_running:count == 0`, for: TEN_MINUTES,
    releases: isController(of) ? 'KubeVirt 1.7 and later (HCO 1.17 and later)' : NEWEST,
    records: `count(kube_pod_status_phase{pod=~'${of.name}-.*', namespace='$NAMESPACE', phase='Running'} == 1) or vector(0)`,
  },
  {
    id: 'scraped', expr: `kubevirt_${snake(of.name)}_up == 0`, for: TEN_MINUTES, records: up(of),
    releases: isController(of) ? 'KubeVirt 1.2 to 1.6 (HCO 1.12 to 1.16)' : 'KubeVirt 1.2 to 1.7 (HCO 1.12 to 1.17)',
  },
];

/** Fewer than three of four wanted pods. */
export const lowForms = (of: Component, seconds: number): readonly RuleForm[] => {
  const share = (count: string): string => `${count} / on() kube_deployment_spec_replicas{deployment='${of.name}', namespace='$NAMESPACE'} < 0.75`;
  return [
    { id: 'up', expr: share(`cluster:kubevirt_${snake(of.name)}_up:sum`), for: seconds, releases: 'KubeVirt 1.8 and 1.9 (HCO 1.18 and 1.19)' },
    { id: 'running', expr: share(`cluster:kubevirt_${snake(of.name)}_pods_running:count`), for: seconds, releases: 'KubeVirt main' },
    { id: 'upOld', expr: share(`kubevirt_${snake(of.name)}_up`), for: seconds, releases: 'KubeVirt 1.6 and 1.7 (HCO 1.16 and 1.17)' },
    {
      id: 'two', expr: `(kubevirt_allocatable_nodes > 1) and (kubevirt_${snake(of.name)}_${isController(of) ? 'ready' : 'up'} < 2)`, for: seconds,
      releases: 'KubeVirt 1.2 to 1.5 (HCO 1.12 to 1.15)',
    },
  ];
};

/** What older releases recorded as ready pods; virt-api had no such rule. */
const olderReady = (of: Component, expr: (ready: string, last: boolean) => string): readonly RuleForm[] => {
  const ready = `kubevirt_${snake(of.name)}_ready`;
  if (isOperator(of)) {
    return [
      { id: 'old', expr: expr(ready, false), for: TEN_MINUTES, records: joined(of, 'pod'), releases: 'KubeVirt 1.3 to 1.7 (HCO 1.13 to 1.17)' },
      { id: 'own', expr: expr(ready, false), for: TEN_MINUTES, records: own(of), releases: 'KubeVirt 1.2 (HCO 1.12)' },
    ];
  }
  return isController(of) ? [
    {
      id: 'counted', expr: expr(ready, true), for: TEN_MINUTES, releases: 'KubeVirt 1.7 (HCO 1.17)',
      records: `count(kube_pod_status_ready{pod=~'virt-controller-.*', namespace='$NAMESPACE', condition='true'} + on(pod, namespace) kubevirt_virt_controller_ready_status{namespace='$NAMESPACE'}) or vector(0)`,
    },
    { id: 'own', expr: expr(ready, false), for: TEN_MINUTES, records: own(of), releases: 'KubeVirt 1.2 to 1.6 (HCO 1.12 to 1.16)' },
  ] : [];
};

/** No pod is ready. */
export const readyForms = (of: Component): readonly RuleForm[] => [
  { id: 'ready', expr: `cluster:kubevirt_${snake(of.name)}_ready:sum == 0`, for: TEN_MINUTES, releases: NEWEST, records: joined(of, 'pod, namespace') },
  ...olderReady(of, (ready) => `${ready} == 0`),
];

/** Some running pods are not ready. */
export const someReadyForms = (of: Component): readonly RuleForm[] => {
  const [ready, running] = [`cluster:kubevirt_${snake(of.name)}_ready:sum`, `cluster:kubevirt_${snake(of.name)}_pods_running:count`];
  return [
    { id: 'ready', expr: `${ready} < ${running} and ${ready} > 0`, for: TEN_MINUTES, releases: NEWEST },
    ...olderReady(of, (older, last) => `${older} < ${last ? running : `kubevirt_${snake(of.name)}_up`}`),
  ];
};
