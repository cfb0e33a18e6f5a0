import { fail, info, warn } from '../engine/finding';
import { label } from '../engine/late';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { oldKubeVirtApi } from '../sources/apiRequests';
import { kubeVirtApi } from '../sources/virtualization';

/** Every version of it is deprecated: KubeVirt 1.8.4, `pkg/virt-operator/resource/generate/components/crds.go` (NewPresetCrd). */
const WITHOUT_SUCCESSOR = ['virtualmachineinstancepresets'];

/** What is asked for, and what to ask for instead? */
export const deprecatedVersion = step({
  id: 'deprecated-version',
  asks: msg('Which API is it, and what takes its place?'),
  reads: { current: kubeVirtApi(), old: oldKubeVirtApi() },
  inputs: { resource: label('resource'), group: label('group'), version: label('version') },
  reasons: ['replaced', 'kindGoes', 'notServed'],
  check: ({ current, old }, { inputs: { resource, group, version } }) => {
    const served = (version === 'v1' ? current : old).items.some((one) => one.resource === resource);
    const api = { resource, group, version };
    if (!served) return fail('notServed', msg('{{resource}} in {{group}}/{{version}}, which this cluster no longer serves: whoever still asks for it fails.', api));
    return WITHOUT_SUCCESSOR.includes(resource)
      ? warn('kindGoes', msg('{{resource}} in {{group}}/{{version}}. No version of it stays: instance types and preferences take its place.', api))
      : info('replaced', msg('{{resource}} in {{group}}/{{version}}, which goes in a future release. The same objects are served as {{group}}/v1; nothing has to be converted.', api));
  },
});
