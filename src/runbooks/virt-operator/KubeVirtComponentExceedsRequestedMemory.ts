import { msg } from '../../engine/message';
import { defineRunbook } from '../../engine/runbook';
import {
  otherContainers, patchedRequest, smallRequest, usageLeak, usageOfMoreVms, usageOnPressedNode, usageSpike,
} from '../../causes/componentUsage';
import { silence, supportCase } from '../../mitigations/always';
import { kinds } from '../../sources/kinds';
import { label } from '../../engine/late';
import { noVmNotices } from '../../steps/affectedVms';
import { alertOrder } from '../../steps/changes';
import { componentUsage, memory, requestsShipped } from '../../steps/componentUsage';
import { installation } from '../../steps/installation';
import { installed } from '../../steps/installed';
import { upgrade } from '../../steps/upgrade';
import { usageCourse } from '../../steps/usageCourse';
import { virtOperator } from '../../steps/workloads';
import { noLongerMeasured, requestDiffers } from '../componentUsage';

const usage = componentUsage(memory);
const course = usageCourse(memory, usage, requestsShipped);
const install = installation(virtOperator);

/** A component of KubeVirt uses more memory than it asks for. */
export const kubeVirtComponentExceedsRequestedMemory = defineRunbook({
  alert: 'KubeVirtComponentExceedsRequestedMemory',
  group: 'virt-operator',
  scope: 'platform',
  severities: ['warning'],
  identity: ['pod', 'container'],
  subject: { of: kinds.Pod, namespace: label('namespace'), name: label('pod') },
  deprecated: noLongerMeasured,
  summary: msg('A component of KubeVirt uses more memory than it asks for'),
  meaning: msg('For 5 minutes a pod of virt-operator, virt-api, virt-controller or virt-handler has used more memory than its main container requests. It has no limit, so nothing stops it before the node runs short.'),
  impact: msg('None by itself. Where a node runs short of memory, its kubelet evicts pods that use more than they asked for first; those of KubeVirt have a high priority and go late.'),
  ifIgnored: msg('It can wait until morning if the use is steady. If it has grown all day, look when it will reach what the node has left.'),
  forms: [
    {
      id: 'podAgainstContainer', for: 300, releases: 'KubeVirt 1.2 (HCO 1.12) and earlier',
      expr: '((kube_pod_container_resource_requests{namespace="$NAMESPACE",container=~"virt-controller|virt-api|virt-handler|virt-operator",resource="memory"}) - on(pod) group_left(node) container_memory_working_set_bytes{container="",namespace="$NAMESPACE"}) < 0',
    },
  ],
  diagnosis: [installed, usage, requestsShipped, course, install, upgrade],
  affected: noVmNotices,
  around: [alertOrder],
  causes: [
    usageOnPressedNode(course), patchedRequest(course), usageLeak(course), usageOfMoreVms(course), usageSpike(course), smallRequest(course), otherContainers(course),
  ],
  always: [supportCase(virtOperator, install), silence],
  differs: [
    ...requestDiffers,
    {
      published: msg('All memory is counted, the cache of files included.'),
      here: msg('The rule goes by the working set, which leaves out what the kernel can drop at once. So does this page.'),
    },
  ],
  source: {
    url: 'https://github.com/openshift/runbooks/blob/master/alerts/openshift-virtualization-operator/KubeVirtComponentExceedsRequestedMemory.md',
    revision: '82bd2d9d3789e76f8a8202f8a9ee0f0639cc5b73', date: '2026-07-08', releases: 'KubeVirt 1.2 (OpenShift Virtualization 4.16)',
  },
});
