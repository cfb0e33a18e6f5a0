import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands } from '../engine/mitigation';
import { type Plan } from '../engine/operation';
import { deployment } from '../sources/deployments';
import { kinds } from '../sources/kinds';
import { type Lease } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { kubeVirts, lease } from '../sources/virtualization';
import { type Election } from '../steps/leaderElection';
import { type ElectionSteps } from '../steps/leaderSteps';
import { patienceWith } from '../steps/leaseTimes';
import { deleteChecked } from './deleteChecked';
import { type Resumption, resumptionOf } from './resumption';

/** Seconds between two looks at a lease that has not been seen unchanged for long enough. */
const LOOK = 15;

const confirmation = ({ worst, vmsAffected }: Resumption, { metadata: { name } }: Lease): Plan['confirm'] =>
  (worst === 'shutdown'
    ? { kind: 'typed', name, says: msg('An upgrade starts that shuts down VMs which cannot migrate.') }
    : { kind: 'acknowledge', says: worst === 'migration' ? vmsAffected : msg('I know that the next candidate leads at once.') });

/**
 * Deletes a lease that provably nobody renews. Only for virt-operator: two leaders of virt-controller would both create
 * launchers, so there it is a command. The proof is in two readings of the same uid and resourceVersion, three of its
 * durations apart, both by the API server's clock; the server checks both marks again when it deletes.
 */
export const deleteStaleLease = (election: Election, steps: Pick<ElectionSteps, 'holder' | 'metric'>) => deleteChecked({
  id: 'delete-stale-lease', of: kinds.Lease,
  title: msg('Delete the lease that nobody renews'),
  summary: msg('The next candidate creates the lease anew and leads. It helps only if the lease itself is wrong: candidates take over a merely stale one by themselves. Try everything else first.'),
  risk: 'medium',
  vms: msg('Nothing at once. An upgrade that waited starts; the preview says what that means here.'),
  undo: msg('Not possible, and not needed: the next leader creates the lease anew.'),
  reads: {
    lease: lease({ in: election.of.in, name: election.of.name }), pods: podsOf(election.of), deployment: deployment(election.of), kubevirts: kubeVirts(),
  },
  check: ({ lease: { items: [found], readAt, unchangedSince = readAt }, pods, deployment: { items: [operator] }, kubevirts: { items: [kubevirt, second] } }) => {
    const { name } = election.of;
    if (!found) return { refused: msg('There is no lease {{name}}: nothing stands in the way of the next candidate.', { name }) };
    if (!operator || !kubevirt || second) return { refused: msg('What resumes cannot be said: there is not exactly 1 KubeVirt object and 1 Deployment {{name}}.', { name }) };
    const holder = found.spec?.holderIdentity ?? '';
    if (pods.items.some(({ metadata, status }) => metadata.name === holder && status?.phase !== 'Failed' && status?.phase !== 'Succeeded')) {
      return { refused: msg('Its holder {{holder}} still exists. Without the lease there could be two leaders: replace that pod instead.', { holder }) };
    }
    const unchanged = readAt - unchangedSince;
    const enough = patienceWith(found);
    if (unchanged < enough) {
      return {
        refused: msg('Nobody may renew it. Seen unchanged for {{seen}} so far; {{enough}} are proof.', { seen: { duration: unchanged / 1000 }, enough: { duration: enough / 1000 } }),
        lookAgainIn: Math.min(LOOK, Math.ceil((enough - unchanged) / 1000)),
      };
    }
    const { namespace = '' } = found.metadata;
    const resumes = resumptionOf(operator, kubevirt);
    return [{
      object: found,
      sentence: msg('Delete the lease {{name}} in {{namespace}}.', { name, namespace }),
      effects: [
        msg('Nobody renewed it for {{seen}}; its holder {{holder}} does not exist.', { seen: { duration: unchanged / 1000 }, holder: holder || '–' }),
        msg('If anybody renews it in the meantime, the server refuses the deletion.'),
        ...resumes.effects,
      ],
      vmsAffected: resumes.vmsAffected,
      owner: msg('The lease belongs to whoever leads. Nobody restores it but the next leader.'),
      confirm: confirmation(resumes, found),
    }];
  },
  verify: [steps.holder, steps.metric],
  forGood: msg('A deleted lease does not come back as it was. The next leader creates a new one.'),
});

/**
 * The same for virt-controller, in a shell: two leaders would both create launcher pods, which no page should be able to bring about.
 * The first two commands are the proof, the last is refused by the server if anybody has written the lease since.
 */
export const deleteLeaseByHand = ({ of, resumes }: Election) => commands({
  id: 'delete-lease-by-hand',
  title: msg('Delete the lease that nobody renews, by hand'),
  summary: msg('Only if the lease itself is wrong and a sane duration did not help: candidates take over a merely stale one by themselves. Read it twice, 45 seconds apart. Go on only if both lines are the same and no pod has the name of the holder. Two leaders of {{name}} would both start pods for the same VM.', { name: of.name }),
  risk: 'high',
  vms: resumes,
  undo: msg('Not possible, and not needed: the next leader creates the lease anew.'),
  safeWhen: msg('Nobody renews it and its holder is gone.'),
  commands: [
    sh`LEASE=$(oc -n ${of.in} get leases.coordination.k8s.io ${of.name} -o jsonpath='{.metadata.uid} {.metadata.resourceVersion} {.spec.holderIdentity}'); echo "$LEASE"; sleep 45`,
    sh`oc -n ${of.in} get leases.coordination.k8s.io ${of.name} -o jsonpath='{.metadata.uid} {.metadata.resourceVersion} {.spec.holderIdentity}{"\\n"}'; oc -n ${of.in} get pods -l ${of.labels} -o name`,
    sh`set -- $LEASE; echo '{"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"'"$1"'","resourceVersion":"'"$2"'"}}' | oc delete --raw /apis/coordination.k8s.io/v1/namespaces/${of.in}/leases/${of.name} -f -`,
  ],
});
