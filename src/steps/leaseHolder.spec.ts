import { type Lease, type Pod } from '../sources/objects';
import { READ_AT, absent, evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { operatorElection } from './leaderElection';
import { leaseHolder } from './leaseHolder';
import { renewalOf } from './leaseTimes';

const at = (secondsAgo: number): string => new Date(READ_AT - secondsAgo * 1000).toISOString();

const lease = (spec: Lease['spec'], serverSaw?: string): Lease => ({
  metadata: {
    name: 'virt-operator', namespace: 'openshift-cnv', uid: 'a8fbba2f', resourceVersion: '890',
    ...(serverSaw ? { managedFields: [{ manager: 'virt-operator', operation: 'Update', time: serverSaw, fieldsV1: { 'f:spec': { 'f:renewTime': {} } } }] } : {}),
  },
  spec: { leaseDurationSeconds: 15, leaseTransitions: 3, ...spec },
});

const pod = (name: string, phase = 'Running'): Pod => ({ metadata: { name, namespace: 'openshift-cnv', uid: name, resourceVersion: '1' }, status: { phase } });
const pods = evidence([pod('virt-operator-1'), pod('virt-operator-2')]);

testStep(leaseHolder(operatorElection), {
  'a running pod renewed it a second ago': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(1) })]), pods }, finds: ['pass', 'renewed'],
    out: { leader: 'virt-operator-1', holder: 'virt-operator-1' },
  },
  'its process started again five minutes ago and took it back': {
    given: {
      lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(1), acquireTime: at(9000) })]),
      pods: evidence([{ ...pod('virt-operator-1'), status: { phase: 'Running', containerStatuses: [{ name: 'virt-operator', state: { running: { startedAt: at(300) } } }] } }]),
    }, finds: ['pass', 'renewed'], out: { leadsSince: READ_AT - 300_000 },
  },
  'the clock of the holder is ten minutes behind and the server saw the renewal': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(600) }, at(1))]), pods }, finds: ['pass', 'renewed'],
  },
  'the clock of the holder is far ahead': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(-600) })]), pods }, finds: ['unknown', 'unclear'],
    out: { leader: undefined },
  },
  'it does not exist': { given: { lease: absent(), pods }, finds: ['warn', 'absent'], out: { holder: undefined, leader: undefined } },
  'it may not be read': { given: { lease: unread('lease'), pods }, finds: ['unknown', 'unclear'] },
  'nobody holds it': { given: { lease: evidence([lease({ holderIdentity: '' })]), pods }, finds: ['warn', 'unheld'], out: { holder: undefined } },
  'its holder is gone': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-0', renewTime: at(900) })]), pods }, finds: ['warn', 'holderGone'], says: 'symptom',
    out: { holder: 'virt-operator-0', leader: undefined },
  },
  'its holder failed': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(900) })]), pods: evidence([pod('virt-operator-1', 'Failed')]) }, finds: ['warn', 'holderGone'],
  },
  'its holder exists and has not renewed it': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(900) })]), pods }, finds: ['warn', 'notRenewed'],
  },
  'two readings show the same version, whatever the time in it says': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(0) })], { unchangedSince: READ_AT - 46_000 }), pods }, finds: ['warn', 'notRenewed'],
  },
  'nobody renews it and it is valid for 68 years': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-0', renewTime: at(900), leaseDurationSeconds: 2_147_483_647 })]), pods }, finds: ['fail', 'longLease'],
  },
  'somebody else renews it': {
    given: { lease: evidence([lease({ holderIdentity: 'laptop', renewTime: at(2) })]), pods }, finds: ['fail', 'foreignHolder'], says: 'laptop',
  },
  'somebody renews it and the pods may not be read': {
    given: { lease: evidence([lease({ holderIdentity: 'virt-operator-1', renewTime: at(2) })]), pods: unread('pods') }, finds: ['unknown', 'unclear'],
  },
});

describe('renewalOf', () => {
  const held = lease({ holderIdentity: 'x', renewTime: at(0) });

  it.each([
    [44_000, 'renewed'],
    [45_000, 'silent'],
  ])('takes a version that was unchanged for %d ms of a 15 s lease as %s', (unchanged, is) => {
    expect(renewalOf(held, { readAt: READ_AT, unchangedSince: READ_AT - unchanged })).toBe(is);
  });

  it('does not wait longer than three minutes for a lease that claims years', () => {
    const long = lease({ holderIdentity: 'x', leaseDurationSeconds: 2_147_483_647, renewTime: at(0) });
    expect(renewalOf(long, { readAt: READ_AT, unchangedSince: READ_AT - 179_000 })).toBe('renewed');
    expect(renewalOf(long, { readAt: READ_AT, unchangedSince: READ_AT - 180_000 })).toBe('silent');
  });

  it('does not know about a lease without any time', () => {
    expect(renewalOf(lease({ holderIdentity: 'x' }), { readAt: READ_AT })).toBe('unclear');
  });
});
