import { msg } from '../engine/message';
import { type Runbook } from '../engine/runbook';

/** Why no supported release compares components with their requests any more. */
export const noLongerMeasured = msg('KubeVirt 1.2 was the last release with this rule. Nothing took its place: a request is no limit, and the node’s own alerts say when room runs out.');

/** What both published texts get wrong. */
export const requestDiffers: Runbook['differs'] = [
  {
    published: msg('The request is called a request limit, and going above it a fault.'),
    here: msg('It is no limit. It reserves room when the pod is placed; using more is normal where there is room. This page tells a leak and a node under pressure from work.'),
  },
  {
    published: msg('The request is to be raised in HyperConverged.'),
    here: msg('HyperConverged has no field for it, and virt-operator puts back what is changed in the Deployment or DaemonSet. Only an unsupported patch changes it, so nothing is offered but taking such a patch back.'),
  },
  {
    published: msg('The component is looked up as a Deployment.'),
    here: msg('virt-handler is a DaemonSet. This page goes by the pod that the alert names.'),
  },
  {
    published: msg('Only the container with the request is measured.'),
    here: msg('The rule counts the whole pod, other containers included. If those explain it, this page says so: a false alarm.'),
  },
  {
    published: msg('The namespace is cut out of a table, with an empty line in front and without a choice if there are two.'),
    here: msg('The alert carries the namespace of the pod, and two KubeVirt objects are said to be two.'),
  },
];
