import type { ResourceIconProps } from '@openshift-console/dynamic-plugin-sdk';
import { getK8sModel } from '@openshift-console/dynamic-plugin-sdk/lib/utils/k8s/hooks/useK8sModel';
import type { FC } from 'react';
import { useSelector } from 'react-redux';
import { abbreviation } from '../store/abbreviation';
import type { HostState } from '../store/store';

/** The badge before an object's name: the abbreviation of its kind. */
export const ResourceIcon: FC<ResourceIconProps> = ({ className, kind, groupVersionKind }) => {
  const model = useSelector(({ k8s }: HostState) => getK8sModel(k8s, groupVersionKind ?? kind));
  const name = model?.kind ?? groupVersionKind?.kind ?? kind?.split('~').pop() ?? '';
  return (
    <span className={`host-resource-icon ${className ?? ''}`} title={name}>
      {model?.abbr ?? abbreviation(name)}
    </span>
  );
};
