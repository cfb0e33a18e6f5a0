import { absent, evidence } from '../testing/evidence';
import { deploymentOf, eventOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { podsCreated } from './podsCreated';
import { virtOperator } from './workloads';

const RS = 'virt-operator-798876d8cb';
const refused = (message: string) => ({
  events: evidence(),
  workload: evidence([deploymentOf({ replicas: 2 }, { replicas: 0, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }] })]),
});

const nothing = { workload: evidence(), events: evidence() };

testStep(podsCreated(virtOperator), {
  'all exist': { given: { ...nothing, workload: evidence([deploymentOf()]) }, finds: ['pass', 'created'] },
  'all exist, and an old refusal is no concern': {
    given: { ...nothing, workload: evidence([deploymentOf()]), events: evidence([eventOf('ReplicaSet', RS, 'FailedCreate', 'exceeded quota: old')]) }, finds: ['pass', 'created'], out: { named: undefined },
  },
  'no priority class': {
    given: refused(`pods "${RS}-" is forbidden: no PriorityClass with name kubevirt-cluster-critical was found`),
    finds: ['fail', 'priorityClass'], says: 'no PriorityClass with name', out: { named: 'kubevirt-cluster-critical' },
  },
  'a quota': {
    given: refused(`pods "${RS}-x" is forbidden: exceeded quota: team-limits, requested: pods=1, used: pods=10, limited: pods=10`), finds: ['fail', 'quota'], out: { named: 'team-limits' },
  },
  'a webhook without anybody behind it': {
    given: refused('Internal error occurred: failed calling webhook "pods.policy.example": failed to call webhook: Post "https://policy.policy-system.svc:443/validate?timeout=10s": no endpoints available for service "policy"'),
    finds: ['fail', 'webhookDown'], out: { named: 'pods.policy.example', webhookService: 'policy', webhookNamespace: 'policy-system' },
  },
  'a webhook that says no': { given: refused('admission webhook "pods.policy.example" denied the request: image not signed'), finds: ['fail', 'webhookDenied'], out: { named: 'pods.policy.example' } },
  'security context constraints': { given: refused(`pods "${RS}-" is forbidden: unable to validate against any security context constraint: []`), finds: ['fail', 'securityContext'] },
  'pod security': { given: refused(`pods "${RS}-" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot`), finds: ['fail', 'securityContext'] },
  'no service account': {
    given: refused(`pods "${RS}-" is forbidden: error looking up service account openshift-cnv/kubevirt-operator: serviceaccount "kubevirt-operator" not found`),
    finds: ['fail', 'serviceAccount'], out: { named: 'kubevirt-operator' },
  },
  'something else, told by an event alone': {
    given: {
      workload: evidence([deploymentOf({ replicas: 2 }, { replicas: 0 })]),
      events: evidence([eventOf('ReplicaSet', RS, 'FailedCreate', 'Error creating: pods is forbidden: the namespace is being terminated'), eventOf('ReplicaSet', 'virt-api-1', 'FailedCreate', 'no PriorityClass with name a was found')]),
    },
    finds: ['fail', 'rejected'], says: 'being terminated',
  },
  'no refusal, no pods': { given: { ...nothing, workload: evidence([deploymentOf({ replicas: 2 }, {})]) }, finds: ['warn', 'notYet'] },
  'none wanted': { given: { ...nothing, workload: evidence([deploymentOf({ replicas: 0 }, {})]) }, finds: ['notApplicable', 'noneWanted'] },
  'no Deployment': { given: { ...nothing, workload: absent() }, finds: ['notApplicable', 'noDeployment'] },
});
