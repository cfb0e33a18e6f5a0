import { fail, pass, unknown } from '../engine/finding';
import { msg } from '../engine/message';
import { type ListSource } from '../engine/source';
import { step } from '../engine/step';
import { type Late } from '../engine/late';
import { kinds } from '../sources/kinds';
import { type KubeObject, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';

/** The accounts of a namespace: OpenShift Virtualization has about forty. */
const accountsIn = (namespace: Late<string>): ListSource<KubeObject> => ({ kind: 'list', of: kinds.ServiceAccount, in: namespace, part: 'metadata', atMost: 500 });

const accountOf = (pods: readonly Pod[]): string | undefined => pods.map(({ spec }) => spec?.serviceAccountName).find((name) => name !== undefined);

/** Is the account that the pods log in with the one that they were started with? */
export const restAccount = (of: Workload) => step({
  id: 'rest-account',
  asks: msg('Is the account of the pods the one they were started with?'),
  why: msg('A token belongs to one account, not to its name: if the account is deleted and made again, the tokens of running pods are void until the pods are replaced.'),
  reads: { pods: podsOf(of), accounts: accountsIn(of.in) },
  required: false,
  reasons: ['same', 'newer', 'gone', 'noPods'],
  check: ({ pods, accounts }) => {
    const name = accountOf(pods.items);
    if (name === undefined) return unknown('noPods', msg('There is no pod to ask.'));
    const account = accounts.items.find(({ metadata }) => metadata.name === name);
    const subjects = [{ kind: 'ServiceAccount', name, ...(account?.metadata.namespace ? { namespace: account.metadata.namespace } : {}) }];
    if (!account) {
      return accounts.complete ? fail('gone', msg('The account {{name}} does not exist any more.', { name }), { subjects }) : unknown('noPods', msg('{{name}} is not among the accounts that could be read.', { name }));
    }
    const made = account.metadata.creationTimestamp ?? '';
    const older = pods.items.filter(({ metadata: { creationTimestamp = '', deletionTimestamp } }) => deletionTimestamp === undefined && creationTimestamp < made);
    return older.length > 0
      ? fail('newer', msg('No. The account {{name}} was made {{made}}, after {{older}} of the pods: their tokens are those of the one before.', { name, made: { instant: made }, older: older.length }), { subjects })
      : pass('same', msg('Yes: {{name}}, older than every pod.', { name }), { subjects });
  },
  out: {
    /** The account's name. */
    account: ({ pods }) => accountOf(pods.items),
  },
});
