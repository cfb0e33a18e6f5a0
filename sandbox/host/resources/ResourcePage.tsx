import type { K8sModel, K8sResourceCommon } from '@openshift-console/dynamic-plugin-sdk';
import { getGroupVersionKindForModel, useK8sModels, useK8sWatchResource } from '@openshift-console/dynamic-plugin-sdk';
import { Alert as Notice, CodeBlock, CodeBlockCode, Content, PageSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { FC } from 'react';
import { Route, useParams } from 'react-router';
import { stringify } from 'yaml';
import { DocumentTitle } from '../shims/DocumentTitle';
import ListPageHeader from '../shims/ListPageHeader';
import { ResourceLink } from '../shims/resource-link';
import Timestamp from '../shims/Timestamp';
import { Loading, NotFound } from '../shell/routes';

const STAND_IN = 'A stand-in: the console has a page of its own here.';
const SHOWN_ITEMS = 250;

/** The model that an address means: by plural for kinds that the console knows itself, else by `group~version~Kind`. */
const modelFor = (models: Record<string, K8sModel>, plural: string): K8sModel | undefined =>
  models[plural] ?? Object.values(models).find((model) => model.crd !== true && model.plural === plural);

const Failed: FC<{ error: unknown }> = ({ error }) => (
  <Notice variant="danger" isInline title="This could not be read">
    {error instanceof Error ? error.message : String(error)}
  </Notice>
);

const ObjectPage: FC<{ model: K8sModel; name: string; namespace: string | undefined }> = ({ model, name, namespace }) => {
  const [object, loaded, error] = useK8sWatchResource<K8sResourceCommon>({
    groupVersionKind: getGroupVersionKindForModel(model),
    name,
    ...(namespace === undefined ? {} : { namespace }),
  });
  return (
    <>
      <DocumentTitle>{`${name} · ${model.label}`}</DocumentTitle>
      <ListPageHeader title={name} badge={<Content component="small">{model.label}</Content>} helpText={STAND_IN} />
      <PageSection hasBodyWrapper={false}>
        {error ? <Failed error={error} /> : null}
        {loaded && object ? (
          <CodeBlock>
            <CodeBlockCode>{stringify({ ...object, metadata: { ...object.metadata, managedFields: undefined } })}</CodeBlockCode>
          </CodeBlock>
        ) : null}
        {loaded || error ? null : <Loading />}
      </PageSection>
    </>
  );
};

const ListPage: FC<{ model: K8sModel; namespace: string | undefined }> = ({ model, namespace }) => {
  const groupVersionKind = getGroupVersionKindForModel(model);
  const [objects, loaded, error] = useK8sWatchResource<K8sResourceCommon[]>({
    groupVersionKind,
    isList: true,
    ...(namespace === undefined ? {} : { namespace }),
  });
  return (
    <>
      <DocumentTitle>{model.labelPlural}</DocumentTitle>
      <ListPageHeader title={model.labelPlural} helpText={STAND_IN} />
      <PageSection hasBodyWrapper={false}>
        {error ? <Failed error={error} /> : null}
        {loaded || error ? null : <Loading />}
        <Table aria-label={model.labelPlural} variant="compact">
          <Thead>
            <Tr>
              <Th>Name</Th>
              <Th>Namespace</Th>
              <Th>Created</Th>
            </Tr>
          </Thead>
          <Tbody>
            {(objects ?? []).slice(0, SHOWN_ITEMS).map(({ metadata = {} }) => (
              <Tr key={metadata.uid}>
                <Td dataLabel="Name">
                  <ResourceLink groupVersionKind={groupVersionKind} name={metadata.name} namespace={metadata.namespace} />
                </Td>
                <Td dataLabel="Namespace">{metadata.namespace ?? '-'}</Td>
                <Td dataLabel="Created">
                  <Timestamp timestamp={metadata.creationTimestamp ?? ''} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
        {(objects ?? []).length > SHOWN_ITEMS ? (
          <Content component="p">{(objects ?? []).length - SHOWN_ITEMS} more are not shown.</Content>
        ) : null}
      </PageSection>
    </>
  );
};

/** Whatever object or list the address means. An address with something after the name shows the object as well. */
const ResourcePage: FC = () => {
  const { ns, plural = '', name } = useParams();
  const [models, isInFlight] = useK8sModels();
  const model = modelFor(models, plural);
  if (!model) return isInFlight || Object.keys(models).length === 0 ? <Loading /> : <NotFound />;
  // Without the key a change of address would show the old object under the new name for a moment.
  return name === undefined ? (
    <ListPage key={`${plural} ${ns}`} model={model} namespace={ns} />
  ) : (
    <ObjectPage key={`${plural} ${ns} ${name}`} model={model} name={name} namespace={ns} />
  );
};

/** The console's addresses of objects and lists. */
export const resourceRoutes = [
  '/k8s/ns/:ns/:plural',
  '/k8s/all-namespaces/:plural',
  '/k8s/cluster/:plural',
  '/k8s/ns/:ns/:plural/:name/*',
  '/k8s/cluster/:plural/:name/*',
].map((path) => <Route key={path} path={path} element={<ResourcePage />} />);
