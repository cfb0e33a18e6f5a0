import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import { vmsUnmanaged } from '../../steps/affectedVms';
import { virtController } from '../../steps/workloads';
import { SHARED_TRAPS, downAlert, operandFamily, published } from '../deployments';

const family = operandFamily(virtController);

/** No virt-controller pod is running. */
export const virtControllerDown = defineRunbook({
  ...downAlert(family),
  alert: 'VirtControllerDown',
  group: 'virt-controller',
  severities: ['critical'],
  summary: msg('No virt-controller pod is running'),
  meaning: msg('For 10 minutes no virt-controller pod has been in the phase Running. virt-controller makes the pods of VMs, moves VMs and notices when they end. Usually 2 pods run and 1 of them leads.'),
  impact: msg('Running VMs go on, and nobody manages them: no VM starts, stops, migrates or comes back after its node failed. Metrics of VMs that the leader counts are missing, so alerts about VMs are silent.'),
  ifIgnored: msg('It cannot wait until morning. From now on every failing node, every guest that shuts down and every VM that somebody wants to start is an outage that nothing repairs.'),
  affected: vmsUnmanaged,
  related: [
    { alert: 'VirtOperatorDown', relation: 'cause' },
    { alert: 'NoReadyVirtController', relation: 'consequence' },
    { alert: 'NoLeadingVirtController', relation: 'consequence' },
    { alert: 'VirtualMachineStuckInUnhealthyState', relation: 'consequence' },
    { alert: 'LowVirtControllersCount', relation: 'sibling' },
    { alert: 'LowReadyVirtControllersCount', relation: 'sibling' },
  ],
  differs: [
    {
      published: msg('The logs are read with `oc get logs`.'),
      here: msg('There is no such command. The current and the previous log of each container are read, at most 3 of each.'),
    },
    {
      published: msg('5 minutes are named, and 5 minutes are mixed up with 2 replicas.'),
      here: msg('The rule waits 10 minutes. What is shown is the duration of the rule that is loaded.'),
    },
    {
      published: msg('The pod that creates virt-controller is called the manager pod, and virt-controller’s own log is read for it.'),
      here: msg('It is virt-operator. This page asks whether it works, and gives the command that reads its log about virt-controller.'),
    },
    {
      published: msg('A crash loop is among the causes.'),
      here: msg('A pod in a crash loop keeps the phase Running, which is what the rule counts. The crash loop is shown and explains other alerts; it raises this one only in releases whose rule rests on the scrape.'),
    },
    {
      published: msg('The labels of the alert name a pod and a reason.'),
      here: msg('The rule counts over all pods and carries neither. The reason is read from the pods themselves; labels are used if a release puts them there.'),
    },
    {
      published: msg('That nothing may be wrong at all is not considered.'),
      here: msg('If kube-state-metrics or its scrape is gone, the rule counts 0 and fires, and so do its three siblings. This page asks for its series, and says that one repair ends all four.'),
    },
    ...SHARED_TRAPS,
  ],
  source: published('VirtControllerDown'),
});
