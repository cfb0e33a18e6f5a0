import {
  k8sPatch,
  useK8sModel,
  useK8sWatchResource,
  usePrometheusPoll,
  type K8sResourceCommon,
  type PrometheusEndpoint,
} from '@openshift-console/dynamic-plugin-sdk';
import { screen } from '@testing-library/react';
import { useState, type FC } from 'react';
import { healthyCluster } from '../../src/testing/healthy';
import { clusterAdmin } from '../../src/testing/users';
import { renderInHost } from './testing';
import { networkOf } from './testing-cluster';

const DEPLOYMENT = { group: 'apps', version: 'v1', kind: 'Deployment' };

test('a page in the host reads and writes the world', async () => {
  const cluster = healthyCluster();
  const Page: FC = () => {
    const [model] = useK8sModel(DEPLOYMENT);
    const [operator, loaded] = useK8sWatchResource<K8sResourceCommon>({
      groupVersionKind: DEPLOYMENT,
      name: 'virt-operator',
      namespace: 'openshift-cnv',
    });
    const [answer] = usePrometheusPoll({ endpoint: 'api/v1/query' as PrometheusEndpoint, query: 'up' });
    const [result, setResult] = useState('');
    const label = () => k8sPatch({ model, resource: operator, data: [{ op: 'add', path: '/metadata/labels/marked', value: 'yes' }] });
    return (
      <>
        <button onClick={() => void label().then((changed: K8sResourceCommon) => setResult(String(changed.metadata?.labels?.['marked'])))}>
          label
        </button>
        <p>{`${loaded ? operator.metadata?.name : 'wait'} ${answer?.data.result[0]?.value?.[1] ?? 'wait'} ${result}`}</p>
      </>
    );
  };
  const { user } = await renderInHost(<Page />, { fetch: networkOf({ cluster, user: clusterAdmin, rules: [], metrics: [[/^up$/, 1]] }) });
  expect(await screen.findByText('virt-operator 1')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'label' }));
  expect(await screen.findByText('virt-operator 1 yes')).toBeInTheDocument();
});
