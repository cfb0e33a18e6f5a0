import { type Node, type PodSpec, type Requirement, type Taint } from '../sources/objects';

type Labels = Readonly<Record<string, string>>;

const meets = (labels: Labels, { key, operator, values = [] }: Requirement): boolean => {
  const value = labels[key];
  switch (operator) {
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Gt': return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt': return value !== undefined && Number(value) < Number(values[0]);
    default: return false;
  }
};

/** Do the pod's node selector and required node affinity allow this node? Taints and room do not count here. */
export const mayHost = (spec: PodSpec, { metadata: { name, labels = {} } }: Node): boolean => {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value) &&
    (terms === undefined || terms.some(({ matchExpressions = [], matchFields = [] }) => matchExpressions.length + matchFields.length > 0 &&
      // The name is the only field that there is (kubernetes pkg/apis/core/validation); the pods of a DaemonSet ask for it.
      matchExpressions.every((one) => meets(labels, one)) && matchFields.every((one) => meets({ 'metadata.name': name }, one))));
};

const tolerates = ({ tolerations = [] }: PodSpec, { key, value = '', effect }: Taint): boolean =>
  tolerations.some((one) =>
    (one.effect === undefined || one.effect === '' || one.effect === effect) &&
    (one.key === undefined || one.key === '' ? one.operator === 'Exists' : one.key === key && (one.operator === 'Exists' || (one.value ?? '') === value)));

/** Taints that keep the pod off a node. */
export const keptOffBy = (spec: PodSpec, { spec: node }: Node): readonly Taint[] =>
  (node?.taints ?? []).filter((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(spec, taint));

/** Taints that the cluster itself puts on a node in trouble: k8s.io/api/core/v1/well_known_taints.go. */
const TROUBLE = /^node\.kubernetes\.io\/(not-ready|unreachable|memory-pressure|disk-pressure|pid-pressure|network-unavailable|out-of-service)$/;
export const isTrouble = (key: string): boolean => TROUBLE.test(key);

/** The taint that goes with a cordoned node. */
export const CORDONED = 'node.kubernetes.io/unschedulable';

/** A taint as `oc adm taint` writes it, with the minus that removes it. */
export const removalOf = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}:${effect}-`;
