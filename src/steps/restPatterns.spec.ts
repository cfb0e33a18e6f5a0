import { patternOf } from './logPatterns';
import { REST_LINES } from './restPatterns';

const kind = (text: string) => patternOf(REST_LINES, { pod: 'a', text });
const json = (reason: string): string => JSON.stringify({ component: 'virt-handler', level: 'info', msg: 're-enqueuing VirtualMachineInstance shop/db-0', pos: 'vm.go:297', reason });

describe('a line about a call that fails', () => {
  it.each([
    ['webhookFails', json('Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://policy.guard.svc:443/validate?timeout=10s": no endpoints available for service "policy"')],
    ['denied', json('admission webhook "policy.example.com" denied the request: no owner')],
    ['forbidden', 'E1121 06:04:47.490311       1 reflector.go:205] "Failed to watch" err="failed to list *v1.Pod: pods is forbidden: User \\"system:serviceaccount:openshift-cnv:kubevirt-controller\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope" logger="UnhandledError"'],
    ['unauthorized', 'E1121 06:04:47.490311       1 leaderelection.go:436] error retrieving resource lock openshift-cnv/virt-operator: Unauthorized'],
    ['throttled', json('the server has received too many requests and has asked us to try again later (patch nodes worker-0)')],
    ['serverError', json('Internal error occurred: etcdserver: request timed out')],
    ['conflict', json('Operation cannot be fulfilled on virtualmachineinstances.kubevirt.io "db-0": the object has been modified; please apply your changes to the latest version and try again')],
    ['invalid', json('VirtualMachineInstance.kubevirt.io "db-0" is invalid: status.phase: Unsupported value')],
    ['notFound', json('virtualmachineinstance.kubevirt.io "db-0" not found')],
    ['unreachable', json('Patch "https://172.30.0.1:443/api/v1/nodes/worker-0": dial tcp 172.30.0.1:443: i/o timeout')],
    ['ownLimit', 'I1121 06:04:47.490311       1 request.go:752] "Waited before sending request" delay="1.2s" reason="client-side throttling, not priority and fairness" verb="GET"'],
  ])('is known as %s', (reason, text) => expect(kind(text)).toBe(reason));

  it.each([
    ['a heartbeat that went well', json('')],
    ['a leader that waits', 'I1121 06:04:47.490311       1 leaderelection.go:257] attempting to acquire leader lease openshift-cnv/virt-operator...'],
    ['a client certificate that virt-handler does without', '{"component":"virt-handler","level":"error","msg":"failed to load the certificate Unauthorized /etc/virt-handler/clientcertificates/tls.crt: no such file"}'],
  ])('is not %s', (_, text) => expect(kind(text)).toBeUndefined());
});
