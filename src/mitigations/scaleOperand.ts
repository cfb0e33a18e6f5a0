import { msg } from '../engine/message';
import { execute } from '../engine/mitigation';
import { deployment } from '../sources/deployments';
import { nodes } from '../sources/nodes';
import { podsOf } from '../sources/pods';
import { kubeVirts } from '../sources/virtualization';
import { type DeploymentWorkload } from '../sources/workload';
import { askedFor, operandReplicas } from '../steps/operandReplicas';
import { judge } from '../steps/podState';
import { podsRunning } from '../steps/podsRunning';
import { virtOperator } from '../steps/workloads';
import { lastWriter } from '../steps/writers';
import { scaleWrite } from './scaleBack';

/** Scales a component that stands at 0 back to what virt-operator would ask for, while that cannot do it itself. */
export const scaleOperand = (of: DeploymentWorkload) => execute({
  id: 'scale-operand',
  title: msg('Scale {{name}} back', { name: of.name }),
  summary: msg('Sets the number of pods that virt-operator would ask for. Choose it if virt-operator cannot be brought back at once; as soon as it works, it sets the number itself.'),
  risk: 'low',
  vms: msg('Nothing. What was refused or waited goes on.'),
  undo: msg('Scale to 0 again, while virt-operator does not work.'),
  reads: { deployment: deployment(of), kubevirts: kubeVirts(), nodes: nodes(), operators: podsOf(virtOperator) },
  plan: (seen, { now }) => {
    const { name } = of;
    const { deployment: { items: [found] }, kubevirts: { items: [kubevirt, second] }, operators } = seen;
    if (!found) return { refused: msg('There is no Deployment {{name}} to scale. virt-operator makes it again once it works.', { name }) };
    if (found.metadata.deletionTimestamp) return { refused: msg('The Deployment {{name}} is being deleted.', { name }) };
    const wanted = found.spec?.replicas ?? 1;
    if (wanted > 0) return { refused: msg('Nothing to do: {{name}} already wants {{now}} pods.', { name, now: wanted }) };
    if (!kubevirt || second) return { refused: msg('How many pods are wanted cannot be said: there is not exactly 1 KubeVirt object.') };
    if (kubevirt.metadata.deletionTimestamp) return { refused: msg('Virtualization is being removed, and {{name}} with it.', { name }) };
    const replicas = askedFor(name, seen);
    const { manager = '', time = '' } = lastWriter(found.metadata, 'spec', 'replicas') ?? {};
    const atWork = operators.items.filter((pod) => judge(pod, now).state === 'ready').length;
    return {
      sentence: msg('Scale {{name}} in {{namespace}} from 0 to {{replicas}}.', { name, namespace: found.metadata.namespace ?? '', replicas }),
      // A Scale that stands at 0 leaves the number out, so the resourceVersion is tested instead.
      operations: [{
        ...scaleWrite(found, 'scale', [{ op: 'test', path: '/metadata/resourceVersion', value: found.metadata.resourceVersion }, { op: 'add', path: '/spec/replicas', value: replicas }]),
        before: { '/spec/replicas': 0 },
      }],
      effects: [
        ...(manager && time ? [msg('The program {{manager}} set 0 {{time}}. If it still runs, it may do so again.', { manager, time: { instant: time } })] : []),
        msg('{{replicas}} pods start with the template that the Deployment has. Nothing is upgraded.', { replicas }),
      ],
      vmsAffected: msg('None. Running VMs do not notice.'),
      owner: atWork === 0
        ? msg('virt-operator owns this Deployment and does not work now. As soon as it does, it sets the number itself.')
        : msg('virt-operator owns this Deployment and works: it would have put the number back. Read its log, or it stays a riddle.'),
      confirm: { kind: 'button' },
      verify: [operandReplicas(of), podsRunning(of)],
      undo: {
        possible: true, says: msg('Scale {{name}} to 0 again.', { name }),
        operations: [scaleWrite(found, 'scale-to-0', [{ op: 'test', path: '/spec/replicas', value: replicas }, { op: 'replace', path: '/spec/replicas', value: 0 }])],
      },
    };
  },
});
