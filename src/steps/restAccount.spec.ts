import { evidence, unread } from '../testing/evidence';
import { metadata, minutesAgo, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { restAccount } from './restAccount';
import { virtOperator } from './workloads';

const pods = evidence([podOf('b', { spec: { serviceAccountName: 'kubevirt-operator' }, creationTimestamp: minutesAgo(60) }), podOf('a', { spec: { serviceAccountName: 'kubevirt-operator' }, creationTimestamp: minutesAgo(90) })]);
const account = (ago: number) => evidence([{ metadata: metadata('kubevirt-operator', { creationTimestamp: minutesAgo(ago) }) }, { metadata: metadata('default') }]);

testStep(restAccount(virtOperator), {
  'it is older than every pod': { given: { pods, accounts: account(900) }, finds: ['pass', 'same'], out: { account: 'kubevirt-operator' } },
  'it was made after one of them': { given: { pods, accounts: account(70) }, finds: ['fail', 'newer'], says: 'after 1 of the pods' },
  'it is gone': { given: { pods, accounts: evidence([{ metadata: metadata('default') }]) }, finds: ['fail', 'gone'] },
  'accounts may not be read': { given: { pods, accounts: unread('accounts') }, finds: ['unknown', 'noPods'] },
  'there is no pod': { given: { pods: evidence(), accounts: account(900) }, finds: ['unknown', 'noPods'], out: { account: undefined } },
});
