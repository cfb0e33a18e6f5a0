import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, navigate } from '../engine/mitigation';
import { type Workload } from '../sources/workload';

/** Brings back kube-state-metrics, which tells Prometheus about pods. */
export const repairExporter = commands({
  id: 'repair-kube-state-metrics',
  title: msg('Bring kube-state-metrics back'),
  summary: msg('Shows kube-state-metrics and the state of cluster monitoring, and restarts it. The alert clears by itself once its series are back.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not needed: a new pod takes over.'),
  commands: [
    sh`oc get pods -n openshift-monitoring -l app.kubernetes.io/name=kube-state-metrics -o wide`,
    sh`oc get clusteroperator monitoring -o yaml`,
    sh`oc logs -n openshift-monitoring -l app.kubernetes.io/name=kube-state-metrics -c kube-state-metrics --tail=50`,
    sh`oc delete pods -n openshift-monitoring -l app.kubernetes.io/name=kube-state-metrics`,
  ],
});

/** Opens the targets of Prometheus, where a failed scrape gives its reason. */
export const seeTargets = (of: Workload) => navigate({
  id: 'see-targets',
  title: msg('Repair the scrape'),
  summary: msg('Opens the targets of Prometheus, which say why a scrape fails: no target, no connection, a certificate. The namespace needs the label openshift.io/cluster-monitoring=true, and no NetworkPolicy may stand in the way.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  place: { page: 'targets' },
  commands: [
    sh`oc get servicemonitors.monitoring.coreos.com -n ${of.in}`,
    sh`oc get namespace ${of.in} --show-labels`,
    sh`oc get networkpolicies -n ${of.in}`,
  ],
});
