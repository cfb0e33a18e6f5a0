import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { type installation } from '../steps/installation';

/** Opens the ClusterServiceVersion, which says what OLM waits for. */
export const seeInstallation = (of: Workload, install: ReturnType<typeof installation>) => navigate({
  id: 'see-installation',
  title: msg('Finish the installation of the operator'),
  summary: msg('Opens the ClusterServiceVersion: its phase, message and unmet requirements say what OLM waits for. OLM makes the Deployment again as soon as that is there. Do not create it by hand: OLM would replace it.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not needed.'),
  place: { page: 'object', of: kinds.ClusterServiceVersion, namespace: of.in, name: install.out.name },
  commands: [
    sh`oc get clusterserviceversions,subscriptions.operators.coreos.com,installplans -n ${of.in}`,
    sh`oc get operatorgroups -n ${of.in} -o yaml`,
  ],
});

/** Restarts OLM's own operator, for the case that it does not act. */
export const wakeOlm = (of: Workload) => commands({
  id: 'wake-olm',
  title: msg('Wake OLM'),
  summary: msg('Shows whether OLM itself works and restarts its operator. Choose it if the Deployment of {{name}} is missing for minutes and the ClusterServiceVersion does not change.', { name: of.name }),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not needed: a new pod takes over.'),
  commands: [
    sh`oc get pods -n openshift-operator-lifecycle-manager`,
    sh`oc logs -n openshift-operator-lifecycle-manager deployment/olm-operator --tail=100`,
    sh`oc delete pods -n openshift-operator-lifecycle-manager -l app=olm-operator`,
  ],
});

/** Waits for an upgrade, with an end. */
export const awaitUpgrade = manual({
  id: 'await-upgrade',
  title: msg('Wait for the upgrade, with an end'),
  summary: msg('OLM replaces the operator. That takes minutes; after 20 this page no longer takes it for an explanation.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed.'),
  todo: [
    msg('Leave the operator alone while OLM works on it.'),
    msg('Look here again 20 minutes after the upgrade of the operator began.'),
    msg('If the pods do not run by then, follow what this page says about them.'),
  ],
});
