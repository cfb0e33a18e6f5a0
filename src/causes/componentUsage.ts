import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { findLoad, leaveRequest, relieveNode, replaceLeakingPod, takePatchBack } from '../mitigations/componentUsage';
import { type usageCourse } from '../steps/usageCourse';

type Course = ReturnType<typeof usageCourse>;

/** The node has nothing left to give. */
export const usageOnPressedNode = (course: Course) => cause({
  id: 'usage-on-pressed-node',
  says: msg('The component uses more than it reserved, on a node that is under pressure.'),
  confirmedBy: course.is('nodePressed'),
  mitigations: [relieveNode],
});

/** The use grows and nothing explains it. */
export const usageLeak = (course: Course) => cause({
  id: 'usage-leak',
  says: msg('The component keeps more and more memory: a leak.'),
  confirmedBy: course.is('growing'),
  mitigations: [replaceLeakingPod],
});

/** More load by itself, without more VMs. */
export const usageRising = (course: Course) => cause({
  id: 'usage-rising',
  says: msg('The component works more and more, without more VMs: something keeps it busy.'),
  confirmedBy: course.is('growing'),
  mitigations: [findLoad],
});

/** A spike. */
export const usageSpike = (course: Course) => cause({
  id: 'usage-spike',
  nature: 'expected',
  says: msg('The component is busier than usual at the moment.'),
  confirmedBy: course.is('spike'),
  mitigations: [findLoad, leaveRequest],
});

/** More VMs, more work. */
export const usageOfMoreVms = (course: Course) => cause({
  id: 'usage-of-more-vms',
  nature: 'falseAlarm',
  says: msg('False alarm: the component serves more VMs than before, and needs more for them.'),
  confirmedBy: course.is('grewWithVms'),
  mitigations: [leaveRequest],
});

/** A request that was made for less. */
export const smallRequest = (course: Course) => cause({
  id: 'small-request',
  nature: 'falseAlarm',
  says: msg('False alarm: the component needs what it always needs here. The request that KubeVirt ships is smaller.'),
  confirmedBy: course.is('steady'),
  mitigations: [leaveRequest],
});

/** Somebody changed the request. */
export const patchedRequest = (course: Course) => cause({
  id: 'patched-request',
  says: msg('A patch changed what the component reserves.'),
  confirmedBy: course.is('patched'),
  mitigations: [takePatchBack],
});

/** The rule adds up the pod and takes the request of one container. */
export const otherContainers = (course: Course) => cause({
  id: 'other-containers',
  nature: 'falseAlarm',
  says: msg('False alarm: the component stays within its request. The rule counts the other containers of its pod as well.'),
  confirmedBy: course.is('otherContainers'),
  mitigations: [leaveRequest],
});
