import { type Finding, fail, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type ObjectSource } from '../engine/source';
import { step } from '../engine/step';
import { kinds } from '../sources/kinds';
import { type Condition, type KubeObject } from '../sources/objects';
import { quote } from './words';

interface ClusterOperator extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

const operator = (name: string): ObjectSource<ClusterOperator> => ({ kind: 'object', of: kinds.ClusterOperator, in: 'the cluster', name, part: 'full' });

const REASONS = ['well', 'degraded', 'unavailable', 'notOpenShift'] as const;

const wrong = ({ status }: ClusterOperator, type: string, healthy: string): Condition | undefined =>
  status?.conditions?.find((one) => one.type === type && one.status !== healthy);

const conclude = (operators: readonly ClusterOperator[]): Finding<(typeof REASONS)[number]> => {
  if (operators.length === 0) return info('notOpenShift', msg('There are no ClusterOperators here that could say it.'));
  const rows = [{
    of: 'table' as const, columns: [msg('Operator'), msg('Available'), msg('Degraded'), msg('Message')],
    rows: operators.map((one) => [
      one.metadata.name, one.status?.conditions?.find(({ type }) => type === 'Available')?.status ?? null, one.status?.conditions?.find(({ type }) => type === 'Degraded')?.status ?? null,
      wrong(one, 'Available', 'True')?.message ?? wrong(one, 'Degraded', 'False')?.message ?? null,
    ]),
  }];
  const [down] = operators.filter((one) => wrong(one, 'Available', 'True'));
  if (down) return fail('unavailable', msg('No. {{name}} is not available: “{{words}}”', { name: down.metadata.name, words: quote(wrong(down, 'Available', 'True')?.message ?? '') }), { rows });
  const [ill] = operators.filter((one) => wrong(one, 'Degraded', 'False'));
  return ill
    ? warn('degraded', msg('No. {{name}} is degraded: “{{words}}”', { name: ill.metadata.name, words: quote(wrong(ill, 'Degraded', 'False')?.message ?? '') }), { rows })
    : pass('well', msg('Their operators say so.'), { rows });
};

/** Are the API server and etcd well, in the words of their own operators? */
export const restApiServer = step({
  id: 'rest-api-server',
  asks: msg('Are the API server and etcd well?'),
  reads: { apiServer: operator('kube-apiserver'), etcd: operator('etcd') },
  required: false,
  reasons: REASONS,
  check: ({ apiServer, etcd }) => conclude([...apiServer.items, ...etcd.items]),
});
