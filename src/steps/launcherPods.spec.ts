import { READ_AT, absent, evidence, unread } from '../testing/evidence';
import { type LauncherSpec, instanceOf, launcherNames, launcherOf } from '../testing/launcherSamples';
import { testStep } from '../testing/testStep';
import { endingOf, evictedFor } from './launcherEnding';
import { launcherEnds } from './launcherEnds';
import { launcherOwners } from './launcherOwners';
import { launcherSample } from './launcherSample';

const owner = (name: string) => ({ namespace: 'shop', name, uid: `uid-${name}` });

describe('how a launcher pod ended', () => {
  const running = instanceOf('web');
  const over = instanceOf('web', { phase: 'Failed' });
  const bare = instanceOf('web', { phase: 'Failed', controlled: false });
  it.each<readonly [string, LauncherSpec, Parameters<typeof endingOf>[1], string]>([
    ['its VM went on elsewhere', { compute: [0, 'Completed'], consoleLog: 1 }, running, 'migratedAway'],
    ['the same, days ago', { compute: [0, 'Completed'], consoleLog: 1, ago: 9000 }, running, 'migratedAway'],
    ['the same, and nobody could look at the VM', { compute: [0, 'Completed'], consoleLog: 1 }, 'unreadable', 'consoleLog'],
    ['the same, and the VM is over', { compute: [0, 'Completed'], consoleLog: 1 }, over, 'consoleLog'],
    ['days ago', { ago: 3 * 24 * 60 }, over, 'longAgo'],
    ['evicted', { reason: 'Evicted' }, over, 'evicted'],
    ['made room for a critical pod', { reason: 'Preempting', compute: null }, over, 'evicted'],
    ['no device', { reason: 'UnexpectedAdmissionError', compute: null }, running, 'refused'],
    ['no CPU', { reason: 'OutOfcpu', compute: null }, over, 'refused'],
    ['no kvm left', { reason: 'OutOfdevices.kubevirt.io/kvm', compute: null }, over, 'refused'],
    ['no disk left to request', { reason: 'OutOfephemeral-storage', compute: null }, over, 'refused'],
    ['whole cores wanted', { reason: 'SMTAlignmentError', compute: null }, over, 'refused'],
    ['labels not back', { reason: 'NodeAffinity', compute: null }, over, 'refused'],
    ['its node shut down', { reason: 'Terminated' }, over, 'shutDown'],
    ['turned away by a node that shuts down', { reason: 'NodeShutdown', compute: null }, over, 'shutDown'],
    ['its node was lost', { reason: 'NodeLost' }, over, 'nodeLost'],
    ['out of memory', { compute: [137, 'OOMKilled'] }, over, 'outOfMemory'],
    ['a migration target', { migration: 'kubevirt-evacuation-abcde' }, running, 'targetDied'],
    ['a pod of a living VM that was no target', {}, running, 'crashed'],
    ['its instance stands alone', {}, bare, 'instanceFailed'],
    ['its VM does not retry', {}, over, 'crashed'],
    ['its VM is gone', {}, undefined, 'crashed'],
    ['nobody could look at its VM', { migration: 'm' }, 'unreadable', 'crashed'],
    ['no container ran', { compute: null }, over, 'neverStarted'],
  ])('%s', (_, pod, instance, ending) => {
    expect(endingOf(launcherOf('web', 'abcde', pod), instance, READ_AT)).toBe(ending);
  });

  it('looks for the console log among the containers too, where KubeVirt up to 1.5 put it', () => {
    const pod = launcherOf('web', 'abcde', { compute: [0, 'Completed'], consoleLog: 1 });
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
    const ordinary = { ...pod, status: { ...pod.status, containerStatuses: [...containerStatuses, ...initContainerStatuses], initContainerStatuses: [] } };
    expect(endingOf(ordinary, running, READ_AT)).toBe('migratedAway');
  });

  it.each([
    ['The node was low on resource: memory. Threshold quantity: 100Mi, available: 84Mi. ', 'memory'],
    ['The node was low on resource: ephemeral-storage. Container compute was using 9Gi', 'ephemeral-storage'],
    ['Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ', 'ephemeral-storage limit'],
    ['Container compute exceeded its local ephemeral storage limit "1Gi". ', 'ephemeral-storage limit'],
    ['Usage of EmptyDir volume "private" exceeds the limit "1Gi". ', 'ephemeral-storage limit'],
    ['The node was low on resource: inodes. Threshold quantity: 5%, available: 4%. ', 'inodes'],
    ['Pod was rejected: The node had condition: [DiskPressure]. ', 'DiskPressure'],
    ['Preempted in order to admit critical pod', 'a critical pod'],
    ['Something new', undefined],
    [undefined, undefined],
  ])('evicted with the words %s', (words, what) => {
    expect(evictedFor(words)).toBe(what);
  });
});

const names = (count: number, vm: string, namespace = 'shop') => Array.from({ length: count }, (_, i) => launcherNames(vm, `a${i}`, { ago: 10 + i, namespace }));

testStep(launcherSample, {
  'no pod has failed': { given: { failed: evidence() }, inputs: { namespaces: [] }, finds: ['pass', 'noneLeft'], out: { pods: [], owners: [] } },
  'every VM gets its turn': {
    given: { failed: evidence([...names(40, 'web'), launcherNames('db', 'zzzzz', { ago: 90 })], { more: 200 }) }, inputs: { namespaces: [{ namespace: 'shop', count: 240 }] },
    finds: ['info', 'sampled'], says: 'Sampled pods: 20. VM instances they belong to: 2.', out: { owners: [owner('web'), owner('db')] },
  },
  'a namespace gets its share, and at least one pod': {
    given: { failed: evidence([...names(40, 'web'), ...names(40, 'ci', 'small')]) }, inputs: { namespaces: [{ namespace: 'shop', count: 990 }, { namespace: 'small', count: 10 }] },
    finds: ['info', 'sampled'], out: { events: Array.from({ length: 5 }, (_, i) => ({ namespace: 'shop', fields: `involvedObject.kind=Pod,involvedObject.name=virt-launcher-web-a${i}` })) },
  },
  'Prometheus did not say where': { given: { failed: evidence(names(3, 'web')) }, inputs: { namespaces: [{ namespace: 'all namespaces', count: 1 }] }, finds: ['info', 'sampled'] },
  'nobody may list them': { given: { failed: unread('failed') }, inputs: { namespaces: [{ namespace: 'shop', count: 9 }] }, finds: ['pass', 'noneLeft'], out: { pods: undefined, owners: undefined, events: undefined } },
});

testStep(launcherOwners, {
  'there is no owner': { given: { vmis: evidence() }, inputs: { owners: [] }, finds: ['notApplicable', 'noOwners'] },
  'the VM runs elsewhere': { given: { vmis: evidence([instanceOf('web')]) }, inputs: { owners: [owner('web')] }, finds: ['info', 'runsElsewhere'] },
  'the instance failed and stands alone': { given: { vmis: evidence([instanceOf('web', { phase: 'Failed', controlled: false })]) }, inputs: { owners: [owner('web')] }, finds: ['warn', 'overWithoutController'] },
  'its VM does not retry it': { given: { vmis: evidence([instanceOf('web', { phase: 'Succeeded' })]) }, inputs: { owners: [owner('web')] }, finds: ['warn', 'overWithController'] },
  'it is gone': { given: { vmis: absent() }, inputs: { owners: [owner('web')] }, finds: ['warn', 'gone'] },
  'another of the same name took its place, one more runs': {
    given: { vmis: evidence([instanceOf('web', { uid: 'new' }), instanceOf('a')]) }, inputs: { owners: [owner('web'), owner('db'), owner('a')] }, finds: ['warn', 'gone', 'runsElsewhere'],
  },
  'it could not be read': { given: { vmis: unread('vmis') }, inputs: { owners: [owner('web')] }, finds: ['warn', 'notReadable'] },
});

const ended = (...pods: readonly (readonly [vm: string, spec: LauncherSpec])[]) => evidence(pods.map(([vm, spec], i) => launcherOf(vm, `p${i}`, spec)));
const over = evidence(['a', 'b', 'c', 'd'].map((name) => instanceOf(name, { phase: 'Failed' })));
const alive = evidence(['a', 'b', 'c', 'd'].map((name) => instanceOf(name)));

testStep(launcherEnds, {
  'there is none': { given: { pods: evidence(), vmis: evidence() }, finds: ['notApplicable', 'noneLeft'], out: { crashed: [] } },
  'nobody may read them': { given: { pods: unread('pods'), vmis: evidence() }, finds: ['notApplicable', 'noneLeft'], out: { crashed: undefined } },
  'VMs were migrated away': { given: { pods: ended(['a', { compute: [0, 'Completed'], consoleLog: 1 }]), vmis: alive }, finds: ['warn', 'migratedAway'], out: { crashed: [] } },
  'whether they run is not known': { given: { pods: ended(['a', { compute: [0, 'Completed'], consoleLog: 1 }]), vmis: unread('vmis') }, finds: ['warn', 'consoleLog'] },
  'they are old': { given: { pods: ended(['a', { ago: 5000 }]), vmis: over }, finds: ['warn', 'longAgo'] },
  'half was evicted, half shut down': { given: { pods: ended(['a', { reason: 'Evicted' }], ['b', { reason: 'Terminated' }]), vmis: over }, finds: ['fail', 'evicted', 'shutDown'] },
  'one of five lost its node, which explains nothing': {
    given: { pods: ended(...['a', 'b', 'c', 'd'].map((vm): [string, LauncherSpec] => [vm, { reason: 'OutOfcpu', compute: null }]), ['a', { reason: 'NodeLost' }]), vmis: over }, finds: ['fail', 'refused'],
  },
  'their node was lost': { given: { pods: ended(['a', { reason: 'NodeLost' }]), vmis: over }, finds: ['fail', 'nodeLost'] },
  'they ran out of memory': { given: { pods: ended(['a', { compute: [137, 'OOMKilled'] }]), vmis: over }, finds: ['fail', 'outOfMemory'] },
  'targets died': { given: { pods: ended(['a', { migration: 'm' }]), vmis: alive }, finds: ['fail', 'targetDied'], out: { crashed: [{ namespace: 'shop', pod: 'virt-launcher-a-p0', container: 'compute' }] } },
  'instances stand alone': { given: { pods: ended(['a', {}]), vmis: evidence([instanceOf('a', { phase: 'Failed', controlled: false })]) }, finds: ['fail', 'instanceFailed'] },
  'VMs crash on several nodes': { given: { pods: ended(['a', {}], ['b', { node: 'worker-1' }], ['c', {}]), vmis: over }, finds: ['fail', 'crashed'], out: { node: 'worker-0' } },
  'three VMs crash on one node': { given: { pods: ended(['a', {}], ['b', {}], ['c', {}]), vmis: over }, finds: ['fail', 'crashedOnOneNode'], says: '3 of 3' },
  'two VMs on one node may be their own fault': { given: { pods: ended(['a', {}], ['b', {}]), vmis: over }, finds: ['fail', 'crashed'] },
  'nothing ever ran': { given: { pods: ended(['a', { compute: null }]), vmis: over }, finds: ['fail', 'neverStarted'] },
});
