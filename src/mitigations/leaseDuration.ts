import { msg } from '../engine/message';
import { deployment } from '../sources/deployments';
import { kinds } from '../sources/kinds';
import { type Deployment, type KubeVirt } from '../sources/objects';
import { kubeVirts, lease } from '../sources/virtualization';
import { type Election } from '../steps/leaderElection';
import { LONGEST, USUAL, durationOf, renewalOf } from '../steps/leaseTimes';
import { virtOperator } from '../steps/workloads';
import { type Says, patchField } from './patchField';
import { resumptionOf } from './resumption';

/** What starts to move once somebody leads: of virt-operator an upgrade may, which is confirmed by what it does to VMs. */
const consequences = ({ of, resumes }: Election, operator: Deployment, kubevirt: KubeVirt): Says => {
  if (of.name !== virtOperator.name) return { effects: [], vmsAffected: resumes, confirm: { kind: 'acknowledge', says: resumes } };
  const { effects, vmsAffected, worst } = resumptionOf(operator, kubevirt);
  return {
    effects, vmsAffected,
    confirm: worst === 'shutdown' ? { kind: 'typed', name: of.name, says: msg('An upgrade starts that shuts down VMs which cannot migrate.') } : worst === 'migration' ? { kind: 'acknowledge', says: vmsAffected } : { kind: 'button' },
  };
};

/** Gives an absurd lease a sane duration: gentler than deleting it. */
export const shortenLease = (election: Election) => patchField({
  id: 'shorten-lease', risk: 'low', vms: election.resumes,
  title: msg('Give the lease a sane duration'),
  summary: msg('Candidates notice the change, wait 15 seconds and take the lease over. Nothing is deleted, and a leader that is alive after all keeps its lease.'),
  undo: msg('Not needed: every leader writes its own duration.'),
  of: kinds.Lease, object: lease({ in: election.of.in, name: election.of.name }),
  also: { deployment: deployment(election.of), kubevirts: kubeVirts() },
  path: '/spec/leaseDurationSeconds', to: () => USUAL,
  refuses: (found, { object, deployment: { items: [operator] }, kubevirts: { items: [kubevirt, second] } }) => {
    if (durationOf(found) <= LONGEST) return msg('Its duration is sane: {{duration}}.', { duration: { duration: durationOf(found) } });
    if (renewalOf(found, object) === 'renewed') return msg('Somebody renews it: {{holder}} leads, and its own writes would set the duration back.', { holder: found.spec?.holderIdentity ?? '–' });
    return operator && kubevirt && !second ? undefined : msg('What resumes cannot be said: there is not exactly 1 KubeVirt object and 1 Deployment {{name}}.', { name: election.of.name });
  },
  says: (_, { deployment: { items: [operator] }, kubevirts: { items: [kubevirt] } }) => {
    const { effects, ...rest } = consequences(election, operator as Deployment, kubevirt as KubeVirt);
    return { ...rest, owner: msg('The lease belongs to whoever leads, and the next leader writes its own duration.'), effects: [msg('The next candidate leads within a minute.'), ...effects] };
  },
});
