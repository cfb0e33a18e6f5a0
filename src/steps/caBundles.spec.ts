import { absent, evidence } from '../testing/evidence';
import { metadata } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type ApiService, type WebhookConfiguration } from '../sources/objects';
import { caBundles } from './caBundles';
import { virtApi } from './workloads';

const pem = (...bodies: readonly string[]): string => bodies.map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`).join('');
const service = { name: 'virt-api', namespace: 'openshift-cnv' };
const webhooks = (bundle: string): WebhookConfiguration => ({ metadata: metadata('virt-api-validator'), webhooks: [{ name: 'virtualmachine-validator.kubevirt.io', clientConfig: { service, caBundle: btoa(bundle) } }] });
const api = (bundle: string): ApiService => ({ metadata: metadata('v1.subresources.kubevirt.io'), spec: { service, caBundle: btoa(bundle) } });
const published = evidence([{ metadata: metadata('kubevirt-ca'), data: { 'ca-bundle': pem('b2xk', 'bmV3') } }]);
const trusting = (bundle: string) => ({ published, validating: evidence([webhooks(bundle)]), mutating: evidence(), services: evidence([api(bundle)]) });

testStep(caBundles(virtApi, 'virt-api'), {
  'all have both authorities': { given: trusting(pem('bmV3', 'b2xk')), finds: ['pass', 'same'], says: '2' },
  'they have the older one only': { given: trusting(pem('b2xk')), finds: ['warn', 'behind'] },
  'somebody put a foreign one there': { given: trusting(pem('Zm9yZWlnbg==')), finds: ['fail', 'differs'] },
  'somebody emptied them': { given: trusting(''), finds: ['fail', 'differs'] },
  'nothing is published': { given: { ...trusting(pem('b2xk')), published: absent() }, finds: ['info', 'unpublished'] },
  'nobody names the service': { given: { published, validating: evidence(), mutating: evidence(), services: evidence() }, finds: ['info', 'nobody'] },
});
