import type { LocalPluginManifest } from '@openshift/dynamic-plugin-sdk';

/** The perspective whose navigation items need no `perspective` of their own. */
export const DEFAULT_PERSPECTIVE = 'admin';

/** The perspective that the kubevirt plugin adds. */
export const VIRTUALIZATION_PERSPECTIVE = 'virtualization-perspective';

// The kubevirt plugin's own flag has another name; this one stands in for it and for its plugin being enabled.
const KUBEVIRT_FLAG = 'LOCAL_CONSOLE_KUBEVIRT';
const virtualization = { required: [KUBEVIRT_FLAG] };

const virtualMachine = { group: 'kubevirt.io', version: 'v1', kind: 'VirtualMachine' };

const perspective = (id: string, name: string, landingPage: string, more: object = {}) => ({
  type: 'console.perspective',
  properties: { id, name, icon: null, landingPageURL: () => landingPage, importRedirectURL: () => landingPage, ...more },
});

const section = (id: string, name: string, more: object = {}) => ({
  type: 'console.navigation/section',
  properties: { id, name, ...more },
});
const resource = (id: string, name: string, inSection: string | undefined, model: object, more: object = {}) => ({
  type: 'console.navigation/resource-ns',
  properties: { id, name, model, ...(inSection === undefined ? {} : { section: inSection }), ...more },
});
const link = (id: string, name: string, inSection: string | undefined, href: string, more: object = {}) => ({
  type: 'console.navigation/href',
  properties: { id, name, href, ...(inSection === undefined ? {} : { section: inSection }), ...more },
});

const inVirtualization = { perspective: VIRTUALIZATION_PERSPECTIVE };

/**
 * The navigation and the perspectives that a console with the kubevirt and the monitoring plugin has, as far as our own
 * items refer to them: ids, order and flags are theirs (openshift/console packages/console-app/console-extensions.json,
 * kubevirt-ui/kubevirt-plugin src/views/navigation and src/perspective), the rest is left out.
 */
export const consoleItself: LocalPluginManifest = {
  name: 'local-console',
  version: '4.22.0',
  registrationMethod: 'local',
  extensions: [
    { type: 'console.flag/model', properties: { flag: KUBEVIRT_FLAG, model: virtualMachine } },
    perspective(DEFAULT_PERSPECTIVE, 'Core platform', '/monitoring/alerts', { default: true }),
    {
      ...perspective(VIRTUALIZATION_PERSPECTIVE, 'Virtualization', '/k8s/all-namespaces/kubevirt.io~v1~VirtualMachine'),
      flags: virtualization,
    },

    section('workloads', 'Workloads'),
    resource('pods', 'Pods', 'workloads', { group: '', version: 'v1', kind: 'Pod' }),
    resource('deployments', 'Deployments', 'workloads', { group: 'apps', version: 'v1', kind: 'Deployment' }, { insertAfter: 'pods' }),
    { ...section('virtualization', 'Virtualization', { insertAfter: 'workloads' }), flags: virtualization },
    { ...resource('virtualmachines', 'VirtualMachines', 'virtualization', virtualMachine), flags: virtualization },
    section('observe', 'Observe', { insertAfter: 'virtualization' }),
    link('alerting', 'Alerting', 'observe', '/monitoring/alerts', { startsWith: ['monitoring/alerts', 'monitoring/alertrules'] }),
    section('compute', 'Compute', { insertAfter: 'observe' }),
    {
      type: 'console.navigation/resource-cluster',
      properties: { id: 'nodes', name: 'Nodes', section: 'compute', model: { group: '', version: 'v1', kind: 'Node' } },
    },

    {
      ...resource('virtualmachines-virt-perspective', 'VirtualMachines', undefined, virtualMachine, inVirtualization),
      flags: virtualization,
    },
    section('cluster-virt-perspective', 'Cluster', { ...inVirtualization, insertAfter: 'virtualmachines-virt-perspective' }),
    link('overview-virt-perspective', 'Overview', 'cluster-virt-perspective', '/dashboards', inVirtualization),
    section('observe-virt-perspective', 'Observe', { ...inVirtualization, insertAfter: 'cluster-virt-perspective' }),
    link('alerting-virt', 'Alerting', 'observe-virt-perspective', '/virt-monitoring/alerts', {
      ...inVirtualization,
      startsWith: ['virt-monitoring'],
    }),
  ],
};
