import { evidence } from '../testing/evidence';
import { metadata } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type ApiService } from '../sources/objects';
import { apiAvailable } from './apiAvailable';

const registered = (status: 'True' | 'False', reason: string, message: string): ApiService => ({
  metadata: metadata('v1.subresources.kubevirt.io', { namespace: undefined }), spec: { group: 'subresources.kubevirt.io', version: 'v1' },
  status: { conditions: [{ type: 'Available', status, reason, message }] },
});
const saying = (reason: string, message: string) => ({ services: evidence([registered('False', reason, message)]) });
const failing = (words: string) => saying('FailedDiscoveryCheck', `failing or missing response from https://10.129.0.31:8443/apis/subresources.kubevirt.io/v1: Get "https://10.129.0.31:8443/apis/subresources.kubevirt.io/v1": ${words}`);

testStep(apiAvailable, {
  'all checks pass': { given: { services: evidence([registered('True', 'Passed', 'all checks passed')]) }, finds: ['pass', 'available'] },
  'only other APIs are registered': { given: { services: evidence([{ ...registered('True', 'Passed', ''), spec: { group: 'metrics.k8s.io' } }]) }, finds: ['fail', 'absent'] },
  'no pod stands behind it': { given: saying('MissingEndpoints', 'endpoints for service/virt-api in "openshift-cnv" have no addresses with port name ""'), finds: ['fail', 'noEndpoints'] },
  'the network loses large packets': { given: failing('net/http: TLS handshake timeout'), finds: ['fail', 'timeout'], says: 'TLS handshake timeout' },
  'a NetworkPolicy drops everything': { given: failing('context deadline exceeded'), finds: ['fail', 'timeout'] },
  'nobody listens': { given: failing('dial tcp 10.129.0.31:8443: connect: connection refused'), finds: ['fail', 'refused'] },
  'the authority is another one': { given: failing('tls: failed to verify certificate: x509: certificate signed by unknown authority'), finds: ['fail', 'certificate'] },
  'it answers with an error': { given: saying('FailedDiscoveryCheck', 'failing or missing response from https://10.129.0.31:8443/apis/subresources.kubevirt.io/v1: bad status from https://10.129.0.31:8443/apis/subresources.kubevirt.io/v1: 404'), finds: ['fail', 'answersBadly'] },
  'the condition is not set': { given: { services: evidence([{ ...registered('True', '', ''), status: {} }]) }, finds: ['fail', 'otherwise'] },
});
