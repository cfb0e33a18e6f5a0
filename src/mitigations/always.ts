import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { navigate, support } from '../engine/mitigation';
import { type Workload } from '../sources/workload';
import { type installation } from '../steps/installation';

/** Collects what support asks for, with the image that the installed operator names. */
export const supportCase = (of: Workload, install: ReturnType<typeof installation>) => support({
  id: 'support-case',
  title: msg('Open a support case'),
  summary: msg('Collects what support asks for first: data of the virtualization operators and of the cluster. Attach it with the report of this page.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  commands: [
    sh`oc adm must-gather --image=${install.out.mustGatherImage} --dest-dir=must-gather-virtualization`,
    sh`oc adm must-gather --dest-dir=must-gather-cluster`,
    sh`oc logs -n ${of.in} -l ${of.labels} --prefix --timestamps --tail=-1 > ${of.name}.log`,
  ],
});

/** Silences the alert for as long as somebody works on it. */
export const silence = navigate({
  id: 'silence',
  title: msg('Silence the alert while you work'),
  summary: msg('Opens the form for a silence, filled with the labels of this alert. Give it an end: two hours rather than a week.'),
  risk: 'low',
  vms: msg('Nothing. Nobody is notified while it lasts.'),
  undo: msg('Expire the silence.'),
  place: { page: 'silence' },
});
