import { msg } from '../engine/message';
import { execute } from '../engine/mitigation';
import { type Operation, type PatchStep, type Plan, targetOf } from '../engine/operation';
import { deployment } from '../sources/deployments';
import { kinds } from '../sources/kinds';
import { type Deployment } from '../sources/objects';
import { clusterServiceVersions } from '../sources/platform';
import { kubeVirts } from '../sources/virtualization';
import { type DeploymentWorkload } from '../sources/workload';
import { desiredReplicas } from '../steps/desiredReplicas';
import { replicasOf, versionWith } from '../steps/operatorVersion';
import { podsRunning } from '../steps/podsRunning';
import { lastWriter } from '../steps/writers';
import { type Resumption, resumptionOf } from './resumption';

/** What KubeVirt's own manifest asks for, where no ClusterServiceVersion says otherwise: KubeVirt 1.8.4, generate/components/deployments.go. */
const USUAL = 2;

/** A write of a Deployment's scale that stands on its uid. */
export const scaleWrite = (of: Deployment, id: string, patch: readonly PatchStep[]): Operation => ({
  id, verb: 'patch', subresource: 'scale', target: targetOf(kinds.Deployment, of),
  patch: [{ op: 'test', path: '/metadata/uid', value: of.metadata.uid }, ...patch],
});

const confirmation = ({ worst, vmsAffected }: Resumption): Plan['confirm'] => {
  if (worst === 'shutdown') return { kind: 'typed', name: 'virt-operator', says: msg('An upgrade starts that shuts down VMs which cannot migrate.') };
  return worst === 'migration' ? { kind: 'acknowledge', says: vmsAffected } : { kind: 'button' };
};

/** Scales an operator that stands at 0 back to the number that its package records. */
export const scaleBack = (of: DeploymentWorkload) => execute({
  id: 'scale-back',
  title: msg('Scale {{name}} back', { name: of.name }),
  summary: msg('Sets the replicas of the Deployment to the number in the ClusterServiceVersion. Choose it once nobody keeps {{name}} down on purpose.', { name: of.name }),
  risk: 'medium',
  vms: msg('Nothing at once. An upgrade that waited starts; the preview says what that means here.'),
  undo: msg('Scale to 0 again. What {{name}} did meanwhile stays.', { name: of.name }),
  reads: { deployment: deployment(of), versions: clusterServiceVersions(of.in), kubevirts: kubeVirts() },
  // Without OLM there is no ClusterServiceVersion.
  optional: ['versions'],
  plan: ({ deployment: { items: [found] }, versions, kubevirts: { items: [kubevirt, second] } }) => {
    const { name } = of;
    if (!found) return { refused: msg('There is no Deployment {{name}} to scale. OLM makes it again from the ClusterServiceVersion.', { name }) };
    if (found.metadata.deletionTimestamp) return { refused: msg('The Deployment {{name}} is being deleted.', { name }) };
    const now = found.spec?.replicas ?? 1;
    if (now > 0) return { refused: msg('Nothing to do: {{name}} already wants {{now}} pods.', { name, now }) };
    if (!kubevirt || second) return { refused: msg('What resumes cannot be said: there is not exactly 1 KubeVirt object.') };
    if (kubevirt.metadata.deletionTimestamp) return { refused: msg('Virtualization is being removed. Bringing {{name}} back would finish that.', { name }) };
    if (versions.missing.some(({ reason }) => reason !== 'apiNotInstalled')) {
      return { refused: msg('How many pods the package records could not be read: the ClusterServiceVersions are missing.') };
    }
    const replicas = replicasOf(versionWith(versions.items, name), name) ?? USUAL;
    const { manager = '', time = '' } = lastWriter(found.metadata, 'spec', 'replicas') ?? {};
    const resumes = resumptionOf(found, kubevirt);
    return {
      sentence: msg('Scale {{name}} in {{namespace}} from 0 to {{replicas}}.', { name, namespace: found.metadata.namespace ?? '', replicas }),
      // `spec.replicas` is left out of a Scale that stands at 0 (autoscaling/v1, omitempty), so 0 cannot be tested: the resourceVersion is.
      operations: [{
        ...scaleWrite(found, 'scale', [
          { op: 'test', path: '/metadata/resourceVersion', value: found.metadata.resourceVersion }, { op: 'add', path: '/spec/replicas', value: replicas },
        ]),
        before: { '/spec/replicas': 0 },
      }],
      effects: [
        ...(manager && time ? [msg('The program {{manager}} set 0 {{time}}. If it still runs, it may do so again.', { manager, time: { instant: time } })] : []),
        ...resumes.effects,
      ],
      vmsAffected: resumes.vmsAffected,
      ...(versionWith(versions.items, name) && { owner: msg('OLM owns this Deployment. It neither set it to 0 nor brings it back, and it accepts the number that you set.') }),
      confirm: confirmation(resumes),
      verify: [desiredReplicas(of), podsRunning(of)],
      undo: {
        possible: true, says: msg('Scale {{name}} to 0 again.', { name }),
        operations: [scaleWrite(found, 'scale-to-0', [{ op: 'test', path: '/spec/replicas', value: replicas }, { op: 'replace', path: '/spec/replicas', value: 0 }])],
      },
    };
  },
});
