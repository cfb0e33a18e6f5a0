import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands } from '../engine/mitigation';
import { type registryAnswer } from '../steps/registryAnswer';

/** Puts credentials for the registry into the pull secret of the cluster. */
export const correctPullSecret = commands({
  id: 'correct-pull-secret',
  title: msg('Correct the pull secret'),
  summary: msg('Saves the pull secret of the cluster to the file .dockerconfigjson, and stores the file again after you have put in valid credentials. Choose it if the registry answers unauthorized. Nodes take it over without a restart.'),
  risk: 'medium',
  vms: msg('Nothing.'),
  undo: msg('Keep a copy of the file as it was and store that.'),
  commands: [
    sh`oc extract secret/pull-secret -n openshift-config --keys=.dockerconfigjson --to=. --confirm && cp .dockerconfigjson .dockerconfigjson.before`,
    sh`oc set data secret/pull-secret -n openshift-config --from-file=.dockerconfigjson=.dockerconfigjson`,
  ],
});

/** Pulls the image by hand on the node that could not, and shows where the cluster looks for it. */
export const pullByHand = (answer: ReturnType<typeof registryAnswer>) => commands({
  id: 'pull-by-hand',
  title: msg('Make the image reachable'),
  summary: msg('Pulls the image on the node itself, which shows whether network, proxy, certificate or mirror is to blame, and lists the mirrors and proxy that the nodes use. Choose it if the registry cannot be reached or does not have the image.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Not needed: an image is added to a node, nothing else.'),
  commands: [
    sh`oc debug node/${answer.out.node} -- chroot /host podman pull --authfile /var/lib/kubelet/config.json ${answer.out.image}`,
    sh`oc get imagedigestmirrorsets,imagetagmirrorsets -o yaml`,
    sh`oc get proxy cluster -o yaml`,
    sh`oc get image.config.openshift.io cluster -o yaml`,
  ],
});
