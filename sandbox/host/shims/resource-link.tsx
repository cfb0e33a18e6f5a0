import type { K8sModel, ResourceLinkProps } from '@openshift-console/dynamic-plugin-sdk';
import { getReferenceForModel } from '@openshift-console/dynamic-plugin-sdk/lib/utils/k8s/k8s-ref';
import { getK8sModel } from '@openshift-console/dynamic-plugin-sdk/lib/utils/k8s/hooks/useK8sModel';
import type { FC } from 'react';
import { useSelector } from 'react-redux';
import { Link } from 'react-router';
import type { HostState } from '../store/store';
import { ResourceIcon } from './resource-icon';

/** The console's address of an object, or of the list of its kind without a name. */
export function resourcePath(model: K8sModel, name?: string, namespace?: string): string {
  const place = model.namespaced === true ? (namespace ? `ns/${namespace}` : 'all-namespaces') : 'cluster';
  const kind = model.crd === true ? getReferenceForModel(model) : model.plural;
  return `/k8s/${place}/${kind}${name ? `/${encodeURIComponent(name)}` : ''}`;
}

/** An object's name with its badge; a link unless `linkTo` is false or the API does not serve the kind. */
export const ResourceLink: FC<ResourceLinkProps> = (props) => {
  const {
    className,
    displayName,
    kind,
    groupVersionKind,
    linkTo = true,
    name,
    nameSuffix,
    namespace,
    hideIcon,
    title,
    children,
    dataTest,
    onClick,
  } = props;
  const model = useSelector(({ k8s }: HostState) => getK8sModel(k8s, groupVersionKind ?? kind));
  if (!kind && !groupVersionKind) return null;
  const text = displayName ?? name;
  const label = (
    <>
      {text}
      {nameSuffix}
    </>
  );
  return (
    <span className={`host-resource ${className ?? ''}`}>
      {hideIcon === true ? null : <ResourceIcon kind={kind} groupVersionKind={groupVersionKind} />}
      {linkTo && model ? (
        <Link to={resourcePath(model, name, namespace)} title={title} data-test={dataTest ?? text} data-test-id={text} onClick={onClick}>
          {label}
        </Link>
      ) : (
        <span data-test={dataTest ?? text} data-test-id={text}>
          {label}
        </span>
      )}
      {children}
    </span>
  );
};
