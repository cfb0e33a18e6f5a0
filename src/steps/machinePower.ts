import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { ask } from '../engine/step';
import { alertNode } from './alertNode';

/** Has the machine power? Only somebody at the machine or at its management controller can tell. */
export const machinePower = ask({
  id: 'machine-power',
  asks: msg('Has the machine of this node power?'),
  why: msg('A machine that is cut off from the network goes on running its VMs. Whoever starts them a second time elsewhere destroys their disks.'),
  lookFor: msg('The power state in the management controller of the machine (BMC, iLO, iDRAC), in the hypervisor or at the cloud provider. What the cluster says of it is old.'),
  commands: [
    sh`oc get machines -n openshift-machine-api -o wide | grep -F ${alertNode}`,
    sh`oc get baremetalhosts -A -o custom-columns=HOST:.metadata.name,MACHINE:.spec.consumerRef.name,POWERED:.status.poweredOn,BMC:.spec.bmc.address`,
  ],
  answers: [
    { reason: 'on', label: msg('It has power'), outcome: 'warn', says: msg('Its VMs may run. Bring the node back, start nothing elsewhere.') },
    { reason: 'off', label: msg('It is off'), outcome: 'info', says: msg('Its VMs are down. They can be started elsewhere once the node is declared out of service.') },
    { reason: 'unknown', label: msg('I cannot tell'), outcome: 'warn', says: msg('Take it for running until somebody has seen that it is off.') },
  ],
});
