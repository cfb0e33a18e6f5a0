import { info, notApplicable, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { deployment } from '../sources/deployments';
import { type DeploymentWorkload } from '../sources/workload';
import { quote } from './words';

/** Is the Deployment being rolled out? Its own condition says so: kubernetes 1.35, pkg/controller/deployment/progress.go. */
export const rollout = (of: DeploymentWorkload) => step({
  id: 'rollout',
  asks: msg('Is {{name}} being rolled out?', { name: of.name }),
  why: msg('During a rollout pods come and go, and 1 may be missing for a while. Kubernetes calls a rollout stuck after 10 minutes without progress.'),
  reads: { deployment: deployment(of) },
  required: false,
  reasons: ['done', 'rolling', 'stuck', 'paused', 'noDeployment'],
  check: ({ deployment: { items: [found] } }) => {
    if (!found) return notApplicable('noDeployment', msg('Not needed: there is no Deployment.'));
    const { replicas: wanted = 1, paused } = found.spec ?? {};
    const { updatedReplicas: updated = 0, replicas: all = 0 } = found.status ?? {};
    const progressing = found.status?.conditions?.find(({ type }) => type === 'Progressing');
    const details = { expected: msg('{{wanted}} of {{wanted}} pods of the newest template', { wanted }), actual: msg('{{updated}} of {{wanted}}, {{all}} pods in all', { updated, wanted, all }) };
    if (paused) return warn('paused', msg('Its rollout is paused: nobody replaces its pods until that ends.'), details);
    if (progressing?.reason === 'ProgressDeadlineExceeded') {
      return warn('stuck', msg('A rollout is stuck: “{{words}}”', { words: quote(progressing.message ?? '') }), details);
    }
    return progressing?.reason === 'ReplicaSetUpdated' || progressing?.reason === 'NewReplicaSetCreated'
      ? info('rolling', msg('Yes: {{updated}} of {{wanted}} pods are of the newest template. It last moved {{since}}.', { updated, wanted, since: { instant: progressing.lastTransitionTime ?? '' } }), details)
      : pass('done', msg('No.'), details);
  },
});
