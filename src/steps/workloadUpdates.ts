import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { kubeVirts } from '../sources/virtualization';

/** Does KubeVirt itself know by now that running VMs are not to be updated? HCO carries it there. */
export const workloadUpdatesOff = step({
  id: 'workload-updates-off',
  asks: msg('Does KubeVirt leave running VMs alone after an update?'),
  reads: { kubevirts: kubeVirts() },
  reasons: ['off', 'on'],
  check: ({ kubevirts: { items: [kubevirt] } }) => {
    const methods = kubevirt?.spec?.workloadUpdateStrategy?.workloadUpdateMethods ?? [];
    const details = { expected: msg('no methods'), actual: methods.length === 0 ? msg('none') : msg('{{methods}}', { methods: { list: methods } }) };
    return methods.length === 0 ? pass('off', msg('Yes. KubeVirt leaves running VMs alone after an update.'), details) : fail('on', msg('Not yet: KubeVirt still updates running VMs. HCO carries the setting to its object; if it does not, HCO itself does not run.'), details);
  },
});
