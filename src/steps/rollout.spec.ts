import { absent, evidence } from '../testing/evidence';
import { deploymentOf, minutesAgo } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { rollout } from './rollout';
import { virtOperator } from './workloads';

const saying = (reason: string, more = {}) => ({
  deployment: evidence([deploymentOf({ replicas: 2, ...more }, {
    replicas: 3, updatedReplicas: 1, conditions: [{ type: 'Progressing', status: 'True', reason, message: 'ReplicaSet "virt-operator-6d5f" has timed out progressing.', lastTransitionTime: minutesAgo(4) }],
  })]),
});

testStep(rollout(virtOperator), {
  'it ended': { given: saying('NewReplicaSetAvailable'), finds: ['pass', 'done'] },
  'it moves': { given: saying('ReplicaSetUpdated'), finds: ['info', 'rolling'], says: '1 of 2' },
  'nothing has moved for 10 minutes': { given: saying('ProgressDeadlineExceeded'), finds: ['warn', 'stuck'], says: 'timed out' },
  'somebody paused it': { given: saying('ReplicaSetUpdated', { paused: true }), finds: ['warn', 'paused'] },
  'there is nothing to roll out': { given: { deployment: absent() }, finds: ['notApplicable', 'noDeployment'] },
});
