import type { K8sResourceCommon } from '@openshift-console/dynamic-plugin-sdk';
import { useK8sModel, useK8sWatchResource } from '@openshift-console/dynamic-plugin-sdk';
import { FormSelect, FormSelectOption, PageSection, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useContext, type FC } from 'react';
import { useSelector } from 'react-redux';
import type { HostState } from '../store/store';
import { ALL_NAMESPACES, NamespaceContext } from './contexts';

const projects = { groupVersionKind: { group: 'project.openshift.io', version: 'v1', kind: 'Project' }, isList: true };
const namespaces = { groupVersionKind: { version: 'v1', kind: 'Namespace' }, isList: true };

/** The project selector that the console draws above every page below `/k8s/ns/:ns/` and `/k8s/all-namespaces/`. */
export const ProjectBar: FC = () => {
  const [active, choose] = useContext(NamespaceContext);
  const hasProjects = useK8sModel(projects.groupVersionKind)[0] !== undefined;
  const isDiscovered = useSelector(({ k8s }: HostState) => k8s.getIn(['RESOURCES', 'loaded']) === true);
  const [found] = useK8sWatchResource<K8sResourceCommon[]>(isDiscovered ? (hasProjects ? projects : namespaces) : null);
  const names = (found ?? []).flatMap(({ metadata }) => metadata?.name ?? []).sort();
  // The project of the address is offered even if the user may not list it.
  const offered = active === ALL_NAMESPACES || names.includes(active) ? names : [active, ...names];
  return (
    <PageSection hasBodyWrapper={false} type="subnav" data-test="namespace-bar-dropdown">
      <Toolbar isStatic>
        <ToolbarContent>
          <ToolbarItem variant="label">
            <span>Project</span>
          </ToolbarItem>
          <ToolbarItem>
            <FormSelect id="project" aria-label="Project" value={active} onChange={(_, name) => choose(name)}>
              <FormSelectOption value={ALL_NAMESPACES} label="All Projects" />
              {offered.map((name) => (
                <FormSelectOption key={name} value={name} label={name} />
              ))}
            </FormSelect>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
    </PageSection>
  );
};
