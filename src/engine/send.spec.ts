import { type Operation, targetOf } from './operation';
import { type Sent, changesOf, kindOf, previewOf, sentOf, writeOf } from './send';
import { type Kind } from './source';

const Deployment: Kind = { kind: 'Deployment', plural: 'deployments', group: 'apps', versions: ['v1'], namespaced: true };
const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const Node: Kind = { kind: 'Node', plural: 'nodes', group: '', versions: ['v1'], namespaced: false };
const metadata = { name: 'a', namespace: 'red', uid: 'u', resourceVersion: '7' };
const UID = { op: 'test', path: '/metadata/uid', value: 'u' } as const;

const scale: Operation = {
  id: 'scale', verb: 'patch', subresource: 'scale', target: targetOf(Deployment, { metadata }),
  patch: [{ op: 'test', path: '/spec/replicas', value: 0 }, { op: 'replace', path: '/spec/replicas', value: 2 }],
};
const remove: Operation = { id: 'delete', verb: 'delete', target: targetOf(Pod, { metadata }) };

describe('writeOf', () => {
  it('makes a patch that only the very object gets', () => {
    expect(writeOf(scale, false)).toEqual({ method: 'PATCH', path: '/apis/apps/v1/namespaces/red/deployments/a/scale?fieldManager=virt-runbooks-plugin', contentType: 'application/json-patch+json', body: [UID, ...scale.verb === 'patch' ? scale.patch : []] });
  });
  it('leaves a patch as it is that tests the uid itself', () => {
    const patch = [{ op: 'replace', path: '/spec/x', value: 1 }, UID] as const;
    expect(writeOf({ id: 'p', verb: 'patch', target: scale.target, patch }, false)).toMatchObject({ path: '/apis/apps/v1/namespaces/red/deployments/a?fieldManager=virt-runbooks-plugin', body: patch });
  });
  it.each<[Operation, object]>([[remove, { uid: 'u', resourceVersion: '7' }], [{ ...remove, uidOnly: true } as Operation, { uid: 'u' }]])('makes a deletion with preconditions', (operation, preconditions) => {
    expect(writeOf(operation, false)).toEqual({ method: 'DELETE', path: '/api/v1/namespaces/red/pods/a', contentType: 'application/json', body: { kind: 'DeleteOptions', apiVersion: 'v1', preconditions } });
  });
  it('says nothing of grace, propagation, force or finalizers', () => {
    expect(JSON.stringify([writeOf(remove, false), writeOf(remove, true), writeOf(scale, false)])).not.toMatch(/grace|force|finalizer|propagation/i);
  });
  it('differs from its dry run in the dry run alone', () => {
    expect(writeOf(scale, true)).toEqual({ ...writeOf(scale, false), path: '/apis/apps/v1/namespaces/red/deployments/a/scale?fieldManager=virt-runbooks-plugin&dryRun=All' });
    const { body, ...rest } = writeOf(remove, true);
    const real = writeOf(remove, false);
    expect(rest).toEqual({ method: real.method, path: real.path, contentType: real.contentType });
    expect(body).toEqual({ ...real.body as object, dryRun: ['All'] });
  });
  it('goes where the object is: outside namespaces, in the version it was read in, encoded', () => {
    expect(writeOf({ id: 'n', verb: 'delete', target: targetOf(Node, { metadata: { name: 'n' } }) }, false).path).toBe('/api/v1/nodes/n');
    expect(writeOf({ ...scale, target: targetOf(Deployment, { apiVersion: 'apps/v1beta9', metadata: { ...metadata, name: 'a/b?c' } }) }, false).path).toBe('/apis/apps/v1beta9/namespaces/red/deployments/a%2Fb%3Fc/scale?fieldManager=virt-runbooks-plugin');
    expect(kindOf(remove.target)).toEqual({ kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true });
  });
});

describe('changesOf', () => {
  it('shows each field before and after, without the tests', () => {
    expect(changesOf(scale)).toEqual([{ path: '/spec/replicas', from: 0, to: 2 }]);
    expect(changesOf({ id: 'p', verb: 'patch', target: scale.target, patch: [UID, { op: 'remove', path: '/spec/a' }, { op: 'add', path: '/spec/b', value: null }] }))
      .toEqual([{ path: '/spec/a', from: undefined, to: undefined }, { path: '/spec/b', from: undefined, to: null }]);
  });
  it('shows none of a deletion', () => {
    expect(changesOf(remove)).toEqual([]);
  });
});

describe('previewOf', () => {
  const rejected = (status: number, words: string): Sent => ({ state: 'rejected', status, words });
  const DOWN = 'Internal error occurred: failed calling webhook "virtualmachine-validator.kubevirt.io": failed to call webhook: Post "https://virt-api.openshift-cnv.svc:443/virtualmachines-validate?timeout=10s": no endpoints available for service "virt-api"';
  const SLOW = 'Internal error occurred: failed calling webhook "x.example.com": failed to call webhook: Post "https://x.svc:443/?timeout=10s": context deadline exceeded';
  const EFFECTS = 'admission webhook "x.example.com" does not support dry run';
  const DENIED = 'admission webhook "kubevirt-validator.kubevirt.io" denied the request: spec.replicas must not be 0';
  const CONFLICT = 'Operation cannot be fulfilled on pods "a": the ResourceVersion in the precondition (7) does not match the ResourceVersion in record (8). The object might have been modified';
  it.each<[string, Operation, Sent, object]>([
    ['the server would do it', scale, { state: 'accepted', object: {} }, { outcome: 'accepted', changes: [{ path: '/spec/replicas', from: 0, to: 2 }], also: [] }],
    ['the server would delete it', remove, { state: 'accepted', object: {} }, { outcome: 'accepted', changes: [], also: [] }],
    ['a webhook is down', scale, rejected(500, DOWN), { outcome: 'blocked', webhook: 'virtualmachine-validator.kubevirt.io', words: DOWN }],
    ['a webhook is slow', scale, rejected(500, SLOW), { outcome: 'blocked', webhook: 'x.example.com', words: SLOW }],
    ['a webhook has side effects', scale, rejected(400, EFFECTS), { outcome: 'localOnly', changes: [{ path: '/spec/replicas', from: 0, to: 2 }], words: EFFECTS }],
    ['a webhook denies it', scale, rejected(403, DENIED), { outcome: 'rejected', words: DENIED }],
    ['it was changed meanwhile', remove, rejected(409, CONFLICT), { outcome: 'rejected', words: CONFLICT }],
    ['it may not', scale, rejected(403, 'deployments.apps "a" is forbidden'), { outcome: 'rejected', words: 'deployments.apps "a" is forbidden' }],
    ['nobody knows', scale, { state: 'unknown', words: 'timedOut' }, { outcome: 'unknown', words: 'timedOut' }],
  ])('says that %s', (_, operation, sent, preview) => {
    expect(previewOf(operation, sent)).toEqual(preview);
  });
});

describe('an answer', () => {
  it.each<[string, number, string, Sent]>([
    ['is taken', 200, '{"kind":"Lease"}', { state: 'accepted', object: { kind: 'Lease' } }],
    ['is taken without a word', 202, '', { state: 'accepted', object: undefined }],
    ['refuses', 409, '{"kind":"Status","message":"It was changed."}', { state: 'rejected', status: 409, words: 'It was changed.' }],
    ['refuses because a webhook could not be asked', 500, '{"message":"failed calling webhook \\"w\\": no endpoints"}', { state: 'rejected', status: 500, words: 'failed calling webhook "w": no endpoints' }],
    ['of a proxy tells nothing', 502, '<html>', { state: 'unknown', words: 'HTTP 502' }],
    ['without words tells nothing', 500, '', { state: 'unknown', words: 'HTTP 500' }],
    ['of a strange shape tells nothing', 500, '{"message":{}}', { state: 'unknown', words: 'HTTP 500' }],
    ['of nothing tells nothing', 500, 'null', { state: 'unknown', words: 'HTTP 500' }],
  ])('%s', (_, status, body, sent) => expect(sentOf(status, body)).toEqual(sent));
});
