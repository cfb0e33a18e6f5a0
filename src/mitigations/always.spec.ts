import { installation } from '../steps/installation';
import { virtOperator } from '../steps/workloads';
import { filled } from '../testing/planned';
import { silence, supportCase } from './always';

it('collects with the image that the installed version names', () => {
  expect(filled(supportCase(virtOperator, installation(virtOperator)), { namespace: 'openshift-cnv', mustGatherImage: 'registry.example/must-gather@sha256:1' })).toEqual([
    'oc adm must-gather --image=registry.example/must-gather@sha256:1 --dest-dir=must-gather-virtualization',
    'oc adm must-gather --dest-dir=must-gather-cluster',
    'oc logs -n openshift-cnv -l kubevirt.io=virt-operator --prefix --timestamps --tail=-1 > virt-operator.log',
  ]);
});

it('leaves the place for an image open that is not known', () => {
  expect(filled(supportCase(virtOperator, installation(virtOperator)), { namespace: 'openshift-cnv' })[0]).toContain('--image=‹mustGatherImage›');
});

it('opens the form for a silence, which is no repair', () => expect(silence).toMatchObject({ mode: 'navigate', place: { page: 'silence' } }));
