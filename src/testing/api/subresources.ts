import type { Cluster } from '../cluster';
import type { VirtualMachine, VirtualMachineInstance } from '../objects';
import { copyOf } from '../structure';
import type { KubeObject } from '../types';
import { admit } from './admission';
import { hasEndpoints } from './endpoints';
import { parseBody } from './patch';
import { type Asked, askedOf } from './path';
import { authorize, mayUser } from './rights';
import { ApiError, badRequest, conflict, forbidden, internalError, noSuchPath, notFound, PlainError } from './status';
import type { Writer } from './write';

/**
 * The subresources by which virtual machines are started, stopped and so on, as virt-api serves them: kubevirt/kubevirt v1.8.4
 * pkg/virt-api/rest/lifecycle.go and evacuate_cancel.go. What virt-controller and virt-handler then do is the world's.
 */
const GROUP = 'subresources.kubevirt.io';
const CALL = /^\/apis\/subresources\.kubevirt\.io\/([^/]+)\/namespaces\/[^/]+\/[^/]+\/[^/]+\/(.+)$/;
const ACCEPTED = 202;
const DONE = 200;

/** Whether a path calls upon one virtual machine. */
export const isCall = (pathname: string): boolean => CALL.test(pathname);

interface Body {
  dryRun?: string[];
  gracePeriod?: number;
  gracePeriodSeconds?: number;
  evacuationNodeName?: string;
}

interface Call {
  cluster: Cluster;
  namespace: string;
  name: string;
  body: Body;
}

// virt-api names its objects in the singular.
const VM = { group: 'kubevirt.io', plural: 'virtualmachine' };
const VMI = { group: 'kubevirt.io', plural: 'virtualmachineinstance' };

const vmOf = ({ cluster, namespace, name }: Call): VirtualMachine => {
  const vm = cluster.get('VirtualMachine', namespace, name);
  if (!vm) throw notFound(VM, name);
  return vm;
};
const vmiOf = ({ cluster, namespace, name }: Call): VirtualMachineInstance => {
  const vmi = cluster.get('VirtualMachineInstance', namespace, name);
  if (!vmi) throw notFound(VMI, name);
  return vmi;
};
const isFinal = (vmi: VirtualMachineInstance): boolean => vmi.status.phase === 'Failed' || vmi.status.phase === 'Succeeded';
const has = (object: VirtualMachine | VirtualMachineInstance, type: string): boolean =>
  (object.status['conditions'] as { type: string; status: string }[] | undefined ?? []).some((one) => one.type === type && one.status === 'True');

/** What a VM is to do (`RunStrategy()` in core/v1/types.go): the older `running` stands for two of them. */
const strategyOf = ({ spec }: KubeObject): string => {
  const { runStrategy, running } = spec as { runStrategy?: string; running?: boolean };
  return runStrategy ?? (running ? 'Always' : 'Halted');
};

/** Changes an object through the API server, as virt-api does with its own rights: a refusal comes back as an internal error. */
function edit<T extends KubeObject>({ cluster, body }: Call, before: T, subresource: 'status' | undefined, change: (draft: T) => void): void {
  const draft: T = copyOf(before);
  change(draft);
  try {
    const admitted = admit(cluster, { operation: 'UPDATE', object: draft, subresource });
    if (!body.dryRun?.includes('All')) cluster.replace(admitted);
  } catch (error) {
    throw error instanceof ApiError ? internalError(error.message) : error;
  }
}

const run = (call: Call, vm: VirtualMachine, wanted: 'Always' | 'Halted'): void => edit(call, vm, undefined, (draft) => {
  const spec = draft['spec'] as { runStrategy?: string; running?: boolean };
  if (spec.runStrategy === undefined) spec.running = wanted === 'Always';
  else spec.runStrategy = wanted;
});

type Request = { action: 'Start' | 'Stop'; uid?: string };

/** Asks virt-controller, through the status of the VM. */
const request = (call: Call, vm: VirtualMachine, ...requests: readonly Request[]): void => {
  const waiting = (vm.status['stateChangeRequests'] ?? []) as Request[];
  const isStop = requests.length === 1 && requests[0]?.action === 'Stop';
  if (waiting.length > 0 && !isStop) throw internalError('unable to complete request: stop/start already underway');
  edit(call, vm, 'status', (draft) => {
    draft.status['stateChangeRequests'] = [...requests];
  });
};

function start(call: Call): number {
  const { cluster, namespace, name } = call;
  const vm = vmOf(call);
  const vmi = cluster.get('VirtualMachineInstance', namespace, name);
  if (vmi && !isFinal(vmi) && vmi.status.phase !== 'Unknown' && vmi.status.phase !== '') throw conflict(VM, name, 'VM is already running');
  if (has(vm, 'ManualRecoveryRequired')) throw conflict(VM, name, RECOVERY);
  const strategy = strategyOf(vm);
  if (strategy === 'Always' || strategy === 'Once') throw conflict(VM, name, `${strategy} does not support manual start requests`);
  if (strategy === 'Halted') {
    run(call, vm, 'Always');
    return ACCEPTED;
  }
  if (strategy === 'RerunOnFailure' && vmi?.status.phase === 'Failed') throw conflict(VM, name, 'RerunOnFailure does not support starting VM from failed state');
  request(call, vm, ...(vmi && isFinal(vmi) ? [{ action: 'Stop' as const, uid: vmi.metadata.uid ?? '' }] : []), { action: 'Start' });
  return ACCEPTED;
}

const RECOVERY = 'VM recovery required: Volume migration failed, leaving some volumes pointing to non-consistent targets; manual intervention is needed to reassign them to their original volumes.';

function stop(call: Call): number {
  const { cluster, namespace, name } = call;
  const vm = vmOf(call);
  const strategy = strategyOf(vm);
  const vmi = cluster.get('VirtualMachineInstance', namespace, name);
  if (strategy === 'Always' || strategy === 'Once') {
    run(call, vm, 'Halted');
    return ACCEPTED;
  }
  if (!vmi || isFinal(vmi)) throw conflict(VM, name, 'VM is not running');
  if (strategy === 'Halted' && call.body.gracePeriod === undefined) throw conflict(VM, name, 'Halted only supports manual stop requests with a shorter graceperiod');
  request(call, vm, { action: 'Stop', uid: vmi.metadata.uid ?? '' });
  return ACCEPTED;
}

function restart(call: Call): number {
  const { cluster, namespace, name, body } = call;
  if ((body.gracePeriodSeconds ?? 0) > 0) throw badRequest('For force restart, only gracePeriod=0 is supported for now');
  const vm = vmOf(call);
  if (has(vm, 'VolumesChange')) throw conflict(VM, name, RECOVERY);
  const strategy = strategyOf(vm);
  if (strategy === 'Halted' || strategy === 'Once') throw conflict(VM, name, `RunStategy ${strategy} does not support manual restart requests`);
  const vmi = cluster.get('VirtualMachineInstance', namespace, name);
  if (!vmi) throw conflict(VM, name, 'VM is not running: Halted');
  request(call, vm, { action: 'Stop', uid: vmi.metadata.uid ?? '' }, { action: 'Start' });
  return ACCEPTED;
}

function pause(call: Call): number {
  const vmi = vmiOf(call);
  if (vmi.status.phase !== 'Running') throw conflict(VMI, call.name, 'VM is not running');
  const { livenessProbe } = vmi['spec'] as { livenessProbe?: { guestAgentPing?: unknown } };
  if (livenessProbe && !livenessProbe.guestAgentPing) throw forbidden(VMI, call.name, 'Pausing VMIs with a non-GuestAgentPing LivenessProbe is not supported');
  if (has(vmi, 'Paused')) throw conflict(VMI, call.name, 'VMI is already paused');
  if (!call.body.dryRun?.includes('All')) edit(call, vmi, undefined, (draft) => draft.status.conditions?.push({ type: 'Paused', status: 'True', reason: 'PausedByUser', message: 'VMI was paused by user' }));
  return DONE;
}

function unpause(call: Call): number {
  const { cluster, namespace, name } = call;
  if (cluster.get('VirtualMachine', namespace, name)?.status['snapshotInProgress'] !== undefined) throw conflict(VM, name, 'VM snapshot is in progress');
  const vmi = vmiOf(call);
  if (vmi.status.phase !== 'Running') throw conflict(VMI, name, 'VMI is not running');
  if (!has(vmi, 'Paused')) throw conflict(VMI, name, 'VMI is not paused');
  edit(call, vmi, undefined, (draft) => {
    draft.status.conditions = (draft.status.conditions ?? []).filter(({ type }) => type !== 'Paused');
  });
  return DONE;
}

function cancelEvacuation(call: Call): number {
  const vmi = vmiOf(call);
  const marked = vmi.status['evacuationNodeName'];
  if (marked === undefined) return DONE;
  // The node is tested against the mark by a JSON patch, of whose refusal the API server says no more.
  if (call.body.evacuationNodeName !== marked) throw internalError('the server rejected our request due to an error in our request');
  edit(call, vmi, undefined, (draft) => delete draft.status['evacuationNodeName']);
  return DONE;
}

const CALLS: Readonly<Record<string, (call: Call) => number>> = {
  'virtualmachines/start': start, 'virtualmachines/stop': stop, 'virtualmachines/restart': restart,
  'virtualmachineinstances/pause': pause, 'virtualmachineinstances/unpause': unpause, 'virtualmachineinstances/evacuate/cancel': cancelEvacuation,
};

/** PUT on a subresource of a virtual machine: the status code of an empty answer. Throws what is refused. */
export function callMachine({ cluster, request: { user, method, body = '', headers } }: Writer, pathname: string): number {
  const asked = askedOf(pathname) as Asked;
  const { plural, namespace = '', name = '' } = asked;
  const [, version = '', subresource = ''] = CALL.exec(pathname) ?? [];
  const verb = method === 'PUT' ? 'update' : 'get';
  // The API server looks at the first part of a nested subresource alone, virt-api then at the whole: and refuses with 401 and no Status.
  authorize(user, { ...asked }, verb);
  const service = cluster.get('APIService', undefined, `${version}.${GROUP}`)?.spec.service;
  if (!service) throw noSuchPath();
  if (!hasEndpoints(cluster, service)) throw new ApiError(503, 'ServiceUnavailable', 'service unavailable');
  if (!mayUser(user, { verb, group: GROUP, resource: `${plural}/${subresource}`, namespace })) throw new PlainError(401, 'Unauthorized', '');
  const made = CALLS[`${plural}/${subresource}`];
  if (!made) throw new PlainError(404, 'NotFound', '404: Page Not Found');
  if (method !== 'PUT') throw new PlainError(405, 'MethodNotAllowed', '405: Method Not Allowed');
  // Its routes declare no type of answer, so JSON by name is not among them (pkg/virt-api/api.go).
  if (!(headers['accept'] ?? '*/*').includes('*/*')) throw new PlainError(406, 'NotAcceptable', '406: Not Acceptable');
  return made({ cluster, namespace, name, body: body === '' ? {} : (parseBody(body) as Body) });
}
