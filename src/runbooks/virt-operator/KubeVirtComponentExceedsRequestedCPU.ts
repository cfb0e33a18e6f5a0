import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import {
  otherContainers, patchedRequest, smallRequest, usageOfMoreVms, usageOnPressedNode, usageRising, usageSpike,
} from '../../causes/componentUsage';
import { silence, supportCase } from '../../mitigations/always';
import { kinds } from '../../sources/kinds';
import { label } from '../../engine/late';
import { noVmNotices } from '../../steps/affectedVms';
import { alertOrder } from '../../steps/changes';
import { componentUsage, cpu, requestsShipped } from '../../steps/componentUsage';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { upgrade } from '../../steps/upgrade';
import { usageCourse } from '../../steps/usageCourse';
import { virtOperator } from '../../steps/workloads';
import { noLongerMeasured, requestDiffers } from '../componentUsage';

const usage = componentUsage(cpu);
const course = usageCourse(cpu, usage, requestsShipped);
const install = installation(virtOperator);

/** A component of KubeVirt uses more CPU than it asks for. */
export const kubeVirtComponentExceedsRequestedCpu = defineRunbook({
  alert: 'KubeVirtComponentExceedsRequestedCPU',
  group: 'virt-operator',
  scope: 'platform',
  severities: ['warning'],
  identity: ['pod', 'container'],
  subject: { of: kinds.Pod, namespace: label('namespace'), name: label('pod') },
  deprecated: noLongerMeasured,
  summary: msg('A component of KubeVirt uses more CPU than it asks for'),
  meaning: msg('For 5 minutes a pod of virt-operator, virt-api, virt-controller or virt-handler has used more CPU than its main container requests. The request is small, about a hundredth of a core, and it is no limit.'),
  impact: msg('None by itself. Where the node is short of CPU, this pod gets little more than it asked for: starts and migrations of VMs become slow, and a leader may lose its lease.'),
  ifIgnored: msg('It can wait until morning. If a leader loses its lease or calls fail, other alerts say so.'),
  forms: [
    {
      id: 'podAgainstContainer', for: 300, releases: 'KubeVirt 1.2 (HCO 1.12) and earlier',
      expr: '((kube_pod_container_resource_requests{namespace="$NAMESPACE",container=~"virt-controller|virt-api|virt-handler|virt-operator",resource="cpu"}) - on(pod) sum(rate(container_cpu_usage_seconds_total{container="",namespace="$NAMESPACE"}[5m])) by (pod)) < 0',
    },
  ],
  diagnosis: [installed, usage, requestsShipped, course, install, upgrade],
  affected: noVmNotices,
  around: [alertOrder],
  causes: [
    usageOnPressedNode(course), patchedRequest(course), usageRising(course), usageOfMoreVms(course), usageSpike(course), smallRequest(course), otherContainers(course),
  ],
  always: [supportCase(virtOperator, install), silence],
  differs: [
    ...requestDiffers,
    {
      published: msg('The use is asked of a recorded series.'),
      here: msg('That series has had three names, by release of the platform. This page asks for what it is recorded from.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/KubeVirtComponentExceedsRequestedCPU.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.2 (OpenShift Virtualization 4.16)',
  },
});
