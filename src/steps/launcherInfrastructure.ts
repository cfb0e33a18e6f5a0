import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { ask } from '../engine/step';
import { launcherSpread } from './launcherSpread';

/** What only a shell shows: the node's own log and the drivers. The published text lists it without commands. */
export const launcherInfrastructure = ask({
  id: 'launcher-infrastructure',
  asks: msg('Do the logs of the node, the network plugin or the storage driver show errors?'),
  why: msg('Registry, network and storage keep pods Pending, so they do not raise this alert by themselves. Look there if VMs cannot start either.'),
  lookFor: msg('In the kubelet’s log of the worst node: failed sandboxes, failed mounts, failed pulls. In the network and storage pods: errors that repeat.'),
  commands: [
    sh`oc adm node-logs ${launcherSpread.out.node} -u kubelet --tail=200`,
    sh`oc get pods -n openshift-ovn-kubernetes -o wide --field-selector spec.nodeName=${launcherSpread.out.node}`,
    sh`oc get pods -n openshift-cluster-csi-drivers -o wide --field-selector spec.nodeName=${launcherSpread.out.node}`,
    sh`oc get volumeattachments`,
  ],
  answers: [
    { reason: 'nothing', label: msg('No errors that repeat'), outcome: 'pass', says: msg('Network, storage and registry show no errors.') },
    { reason: 'network', label: msg('Errors of the network plugin'), outcome: 'warn', says: msg('The network plugin reports errors.') },
    { reason: 'storage', label: msg('Errors of a storage driver, or of mounts'), outcome: 'warn', says: msg('The storage driver reports errors.') },
    { reason: 'registry', label: msg('Errors of image pulls'), outcome: 'warn', says: msg('Nodes cannot pull images.') },
  ],
});
