import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands } from '../engine/mitigation';
import { type DeploymentWorkload } from '../sources/workload';

/** Finds the person behind a scaling: only the audit log of the API server knows. */
export const findWhoScaled = (of: DeploymentWorkload) => commands({
  id: 'find-who-scaled',
  title: msg('Find out who scaled {{name}}', { name: of.name }),
  summary: msg('Searches the audit logs of the API servers for writes to the Deployment {{name}}. Choose it before you scale back if nobody owns up: a script that set 0 sets it again.', { name: of.name }),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  commands: [
    sh`oc adm node-logs --role=master --path=kube-apiserver/audit.log | grep '"resource":"deployments"' | grep '"name":"${of.name}"' | grep -E '"verb":"(patch|update)"'`,
    sh`oc get deployment ${of.name} -n ${of.in} -o yaml --show-managed-fields`,
  ],
});
