import { INSTALL_NAMESPACE } from '../builders/names';
import { bindingOf, role } from '../builders/platform';
import { managedLabels } from '../builders/workload';
import type { Cluster } from '../cluster';
import type { PolicyRule } from '../objects';
import { shippedTo } from '../../steps/shippedRights';

const ACCOUNTS = { 'virt-api': 'kubevirt-apiserver', 'virt-controller': 'kubevirt-controller', 'virt-handler': 'kubevirt-handler' } as const;

/** Rights of the same verb and group as one rule each. */
function rulesOf(rights: readonly { readonly group: string; readonly resource: string; readonly verb: string }[]): PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  for (const { group, resource, verb } of rights) {
    const key = `${group}/${verb}`;
    const rule = rules.get(key) ?? { apiGroups: [group], resources: [], verbs: [verb] };
    rule.resources.push(resource);
    rules.set(key, rule);
  }
  return [...rules.values()];
}

/** Gives the accounts of virt-api, virt-controller and virt-handler the ClusterRoles that KubeVirt ships. */
export function installOperandRoles(cluster: Cluster): void {
  for (const [workload, account] of Object.entries(ACCOUNTS)) {
    const everywhere = role({ name: account, labels: managedLabels(''), rules: rulesOf(shippedTo(workload).everywhere) });
    cluster.create(everywhere);
    cluster.create(bindingOf(everywhere, { namespace: INSTALL_NAMESPACE, name: account }));
  }
}
