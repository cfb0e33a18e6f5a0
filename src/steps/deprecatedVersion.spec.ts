import { absent, evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { deprecatedVersion } from './deprecatedVersion';

const served = (...resources: readonly string[]) => evidence(resources.map((resource) => ({ resource })));
const current = served('virtualmachines', 'virtualmachineinstancepresets');
const asked = (resource: string, version: string) => ({ resource, group: 'kubevirt.io', version });

testStep(deprecatedVersion, {
  'it has a successor': { given: { current, old: served('virtualmachines') }, inputs: asked('virtualmachines', 'v1alpha3'), finds: ['info', 'replaced'], says: 'kubevirt.io/v1;' },
  'it is a preset': { given: { current, old: served('virtualmachineinstancepresets') }, inputs: asked('virtualmachineinstancepresets', 'v1alpha3'), finds: ['warn', 'kindGoes'] },
  'it is a preset in the version that others move to': { given: { current, old: absent() }, inputs: asked('virtualmachineinstancepresets', 'v1'), finds: ['warn', 'kindGoes'] },
  'the version is gone': { given: { current, old: absent() }, inputs: asked('virtualmachines', 'v1alpha3'), finds: ['fail', 'notServed'] },
});
