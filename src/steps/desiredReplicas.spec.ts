import { absent, evidence } from '../testing/evidence';
import { deploymentOf, metadata } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { desiredReplicas } from './desiredReplicas';
import { lastWriter } from './writers';
import { virtOperator } from './workloads';

const version = { metadata: metadata('kubevirt-hyperconverged-operator.v4.22.0'), spec: { install: { spec: { deployments: [{ name: 'virt-operator', spec: { replicas: 2 } }] } } } };
const writes = (manager: string, time: string, more: object = {}) => ({ manager, operation: 'Update', time, fieldsV1: { 'f:spec': { 'f:replicas': {} } }, ...more });

const nothing = { deployment: evidence(), versions: evidence() };

testStep(desiredReplicas(virtOperator), {
  'two are wanted': { given: { ...nothing, deployment: evidence([deploymentOf()]) }, finds: ['pass', 'wanted'], out: { replicas: 2, recorded: undefined } },
  'a Deployment without a number wants one': { given: { ...nothing, deployment: evidence([deploymentOf({})]) }, finds: ['pass', 'wanted'], out: { replicas: 1 } },
  'fewer than the package records': {
    given: { ...nothing, deployment: evidence([deploymentOf({ replicas: 1 })]), versions: evidence([version]) }, finds: ['warn', 'fewer'], out: { replicas: 1, recorded: 2 },
  },
  'zero, and the object knows through which program': {
    given: { ...nothing,
      deployment: evidence([deploymentOf({ replicas: 0 }, {}, {
        managedFields: [writes('olm', '2026-10-01T08:00:00Z'), writes('kubectl', '2026-11-21T09:30:00Z', { subresource: 'scale' })],
      })]),
    },
    finds: ['fail', 'scaledToZero'], says: 'The program kubectl set that 2026-11-21T09:30:00Z', out: { replicas: 0 },
  },
  'zero, and nobody is recorded': { given: { ...nothing, deployment: evidence([deploymentOf({ replicas: 0 })]) }, finds: ['fail', 'scaledToZero'], says: 'does not record who set that' },
  'no Deployment': { given: { ...nothing, deployment: absent(), versions: evidence([version]) }, finds: ['fail', 'absent'], out: { replicas: undefined, recorded: 2 } },
});

describe('lastWriter', () => {
  it('knows nobody where the field is not mentioned', () => {
    expect(lastWriter({ managedFields: [{ manager: 'x', fieldsV1: { 'f:spec': { 'f:template': {} } } }] }, 'spec', 'replicas')).toBeUndefined();
    expect(lastWriter({}, 'spec', 'replicas')).toBeUndefined();
  });
});
