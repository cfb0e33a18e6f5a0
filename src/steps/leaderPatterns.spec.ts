import { controllerElection, operatorElection } from './leaderElection';
import { type LineKind, cacheOf, lineKind, wordsOf } from './leaderPatterns';

// Composed from the format strings of client-go and the API server as KubeVirt 1.8.4 vendors them; a line number stands for any.
const klog = (words: string) => `E1121 06:04:47.490311   32098 leaderelection.go:484] ${words}`;
const LOCK = 'openshift-cnv/virt-operator';
const WEBHOOK = `${klog('Failed to update lock: ')}Internal error occurred: failed calling webhook "validate.policy.example.com": failed to call webhook: Post "https://policy.policy.svc:443/validate?timeout=10s": no endpoints available for service "policy"`;
const CONFIG_MAP = 'E1121 06:05:01.123456   32098 reflector.go:205] "Failed to watch" err="failed to list *v1.ConfigMap: configmaps \\"extension-apiserver-authentication\\" is forbidden: User \\"system:serviceaccount:openshift-cnv:kubevirt-operator\\" cannot list resource \\"configmaps\\" in API group \\"\\" in the namespace \\"kube-system\\"" logger="UnhandledError" reflector="pkg/controller/virtinformers.go:383" type="*v1.ConfigMap"';

const CLAIMS = 'E1121 06:06:35.123456     759 reflector.go:205] "Failed to watch" err="failed to list *v1.PersistentVolumeClaim: persistentvolumeclaims is forbidden: User \\"system:serviceaccount:openshift-cnv:kubevirt-controller\\" cannot list resource \\"persistentvolumeclaims\\" in API group \\"\\" at the cluster scope"';

describe('lines of an election', () => {
  it.each<[LineKind, string]>([
    ['forbidden', klog(`error retrieving resource lock ${LOCK}: leases.coordination.k8s.io "virt-operator" is forbidden: User "system:serviceaccount:openshift-cnv:kubevirt-operator" cannot get resource "leases" in API group "coordination.k8s.io" in the namespace "openshift-cnv"`)],
    ['forbidden', klog('error initially creating leader election record: leases.coordination.k8s.io is forbidden: User "system:serviceaccount:openshift-cnv:kubevirt-operator" cannot create resource "leases" in API group "coordination.k8s.io" in the namespace "openshift-cnv"')],
    ['webhookFails', WEBHOOK],
    ['denied', klog('Failed to update lock: admission webhook "validate.policy.example.com" denied the request: no leases on Sundays')],
    ['terminating', klog('error initially creating leader election record: leases.coordination.k8s.io "virt-operator" is forbidden: unable to create new content in namespace openshift-cnv because it is being terminated')],
    ['conflict', klog('Failed to update lock: Operation cannot be fulfilled on leases.coordination.k8s.io "virt-operator": the object has been modified; please apply your changes to the latest version and try again')],
    ['unreachable', klog(`error retrieving resource lock ${LOCK}: Get "https://172.30.0.1:443/apis/coordination.k8s.io/v1/namespaces/openshift-cnv/leases/virt-operator": dial tcp 172.30.0.1:443: connect: connection refused`)],
    ['unreachable', klog('Failed to update lock optimistically: Put "https://172.30.0.1:443/apis/coordination.k8s.io/v1/namespaces/openshift-cnv/leases/virt-operator": context deadline exceeded, falling back to slow path')],
    ['unreachable', klog('Failed to update lock: etcdserver: request timed out')],
    ['otherError', klog('Failed to update lock: lease not initialized, call get or create first')],
    ['cache', CONFIG_MAP],
    ['cache', 'E1121 06:05:01.123456   32098 reflector.go:205] "Failed to watch" err="failed to list *v1.KubeVirt: kubevirts.kubevirt.io is forbidden: User \\"system:serviceaccount:openshift-cnv:kubevirt-operator\\" cannot list resource \\"kubevirts\\" in API group \\"kubevirt.io\\" at the cluster scope"'],
    ['lost', '2026/11/21 06:04:57 leaderelection lost'],
    ['lost', 'I1121 06:04:57.490311   32098 leaderelection.go:297] failed to renew lease openshift-cnv/virt-operator: context deadline exceeded'],
    ['leads', '{"component":"virt-operator","level":"info","msg":"Started leading","pos":"application.go:454","timestamp":"2026-11-21T06:04:47.546012Z"}'],
    ['acquired', 'I1121 06:04:47.541075   32098 leaderelection.go:271] successfully acquired lease kubevirt/virt-operator'],
    ['attempting', '{"component":"virt-operator","level":"info","msg":"Attempting to acquire leader status","pos":"application.go:471","timestamp":"2026-11-21T06:04:47.489870Z"}'],
    ['attempting', 'I1121 06:04:47.490311   32098 leaderelection.go:257] attempting to acquire leader lease kubevirt/virt-operator...'],
  ])('is %s: %s', (kind, line) => {
    expect(lineKind(line, operatorElection)).toBe(kind);
  });

  it.each<[LineKind, string]>([
    ['attempting', 'I1121 06:06:05.804968     759 leaderelection.go:257] attempting to acquire leader lease kubevirt/virt-controller...'],
    ['leads', '2026/11/21 06:06:05 STARTING controllers with following threads : node 3, vmi 10, replicaset 3, vm 3, migration 3, evacuation 3, disruptionBudget 3'],
    ['leaderCache', CLAIMS],
    ['unreachable', 'E1121 06:05:01.123456     759 reflector.go:205] "Failed to watch" err="failed to list *v1.KubeVirt: Get \\"https://172.30.0.1:443/apis/kubevirt.io/v1/kubevirts\\": dial tcp 172.30.0.1:443: i/o timeout"'],
  ])('of virt-controller is %s: %s', (kind, line) => {
    expect(lineKind(line, controllerElection)).toBe(kind);
  });

  // virt-controller does not wait for these.
  it.each([CONFIG_MAP, '{"component":"virt-controller","level":"info","msg":"certificate with common name \'virt-controller.kubevirt.pod.cluster.local\' retrieved.","pos":"cert-manager.go:198"}'])('of virt-controller says nothing about the election: %s', (line) => {
    expect(lineKind(line, controllerElection)).toBeUndefined();
  });

  // Recorded from healthy programs, but for the failing cache of another kind, which election does not wait for.
  it.each([
    'W1121 06:04:46.085792   32098 client_config.go:667] Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.',
    '{"component":"virt-operator","level":"info","msg":"STARTING informer leasesInformer","pos":"virtinformers.go:383","timestamp":"2026-11-21T06:04:46.184950Z"}',
    '{"component":"virt-operator","kind":"","level":"error","msg":"Waiting on install strategy to be posted from job kubevirt-b38e7025a18ad9dcc2f64bb5a65dac314a112abb-job8htb4","name":"x","namespace":"kubevirt","pos":"kubevirt.go:964"}',
    'E1121 06:05:01.123456   32098 reflector.go:205] "Failed to watch" err="failed to list *v1.ConfigMap: Get \\"https://172.30.0.1:443/api/v1/namespaces/openshift-cnv/configmaps\\": EOF"',
    'E1121 06:05:01.123456   32098 reflector.go:205] "Failed to watch" err="failed to list *v1.Secret: secrets is forbidden"',
  ])('says nothing about the election: %s', (line) => {
    expect(lineKind(line, operatorElection)).toBeUndefined();
  });

  it('names the cache', () => {
    expect(cacheOf(CONFIG_MAP, operatorElection)).toBe('configmaps/extension-apiserver-authentication');
    expect(cacheOf(CLAIMS, controllerElection)).toBe('persistentvolumeclaims');
  });

  it('leaves the header of klog out', () => {
    expect(wordsOf({ text: klog('Failed to update lock: x') })).toBe('Failed to update lock: x');
    expect(wordsOf({ text: CONFIG_MAP })).toMatch(/^failed to list \*v1\.ConfigMap: configmaps "extension-apiserver-authentication" is forbidden.*"kube-system"$/);
    expect(wordsOf({ text: '2026/11/21 06:04:57 leaderelection lost' })).toBe('2026/11/21 06:04:57 leaderelection lost');
  });
});
