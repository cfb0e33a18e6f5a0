import type { Cluster } from '../cluster';
import type { VirtualMachineInstance } from '../objects';
import type { KubeObject } from '../types';
import type { Admission } from './admission';
import { ApiError } from './status';

/** What virt-api's own webhooks answer, as far as something here writes what they look at: kubevirt/kubevirt v1.8.4 pkg/virt-api/webhooks. */

const REFUSED = 400;
const NOT_NOW = 429;

/** A refusal as the API server passes it on: the webhook's code, its words behind its name, and no reason. */
const denied = (webhook: string, code: number, words: string): ApiError => new ApiError(code, undefined, `admission webhook "${webhook}" denied the request: ${words}`);

interface Migration extends KubeObject {
  spec: { vmiName?: string };
  status?: { phase?: string };
}

const isOver = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed';

/** The condition that says whether it can be migrated. */
const migratable = ({ status }: VirtualMachineInstance) => status.conditions?.find(({ type }) => type === 'LiveMigratable');

function validateMigration(webhook: string, cluster: Cluster, object: KubeObject): void {
  const { metadata: { namespace = '' }, spec: { vmiName = '' } } = object as Migration;
  if (vmiName === '') throw new ApiError(422, 'Invalid', `admission webhook "${webhook}" denied the request: vmiName is missing`, { causes: [{ reason: 'FieldValueRequired', message: 'vmiName is missing', field: 'spec.vmiName' }] });
  const instance = cluster.get('VirtualMachineInstance', namespace, vmiName);
  if (!instance) throw denied(webhook, REFUSED, `the VMI "${namespace}/${vmiName}" does not exist`);
  if (isOver(instance.status.phase)) throw denied(webhook, REFUSED, 'Cannot migrate VMI in finalized state.');
  const { status, reason = '', message = '' } = migratable(instance) ?? {};
  if (status === 'False') throw denied(webhook, REFUSED, `Cannot migrate VMI, Reason: ${reason}, Message: ${message}`);
  const other = (cluster.list('VirtualMachineInstanceMigration', namespace) as readonly Migration[]).find(({ spec, status: its }) => spec.vmiName === vmiName && !isOver(its?.phase));
  if (other) throw denied(webhook, REFUSED, `in-flight migration detected. Active migration job (${other.metadata.uid ?? ''}) is currently already in progress for VMI ${vmiName}.`);
}

/** The label and the finalizer that every migration gets: pkg/virt-api/webhooks/mutating-webhook/mutators/migration-create-mutator.go. */
function completeMigration<T extends KubeObject>(object: T): T {
  const { metadata, spec } = object as unknown as Migration;
  return {
    ...object,
    metadata: { ...metadata, labels: { ...metadata.labels, 'kubevirt.io/vmi-name': spec.vmiName ?? '' }, finalizers: [...(metadata.finalizers ?? []), 'kubevirt.io/migrationJobFinalize'] },
  };
}

/** A launcher is never evicted: its instance is marked to leave the node, and migrated if it can be. A dry run marks nothing. */
function interceptEviction(webhook: string, cluster: Cluster, { object: pod, dryRun }: Admission): void {
  const { namespace = '', labels = {}, annotations = {} } = pod.metadata;
  const name = annotations['kubevirt.io/domain'];
  const { phase } = pod['status'] as { phase: string };
  const { nodeName } = pod['spec'] as { nodeName?: string };
  if (labels['kubevirt.io'] !== 'virt-launcher' || isOver(phase) || name === undefined) return;
  const instance = cluster.get('VirtualMachineInstance', namespace, name);
  if (!instance) throw denied(webhook, NOT_NOW, `kubevirt failed getting the vmi: virtualmachineinstances.kubevirt.io "${name}" not found`);
  const strategy = (instance['spec'] as { evictionStrategy?: string }).evictionStrategy ?? 'LiveMigrate';
  const can = migratable(instance)?.status === 'True';
  if (strategy === 'None' || (strategy === 'LiveMigrateIfPossible' && !can)) return;
  if (strategy === 'LiveMigrate' && !can) throw denied(webhook, NOT_NOW, `VMI ${name} is configured with an eviction strategy but is not live-migratable`);
  const triggered = `Eviction triggered evacuation of VMI "${namespace}/${name}"`;
  if (instance.status['evacuationNodeName'] !== undefined) throw denied(webhook, NOT_NOW, `Evacuation in progress: ${triggered}`);
  if (instance.status.nodeName !== nodeName) throw denied(webhook, NOT_NOW, 'Eviction request for target Pod');
  if (!dryRun) {
    cluster.update('VirtualMachineInstance', namespace, name, (draft) => {
      draft.status['evacuationNodeName'] = nodeName;
    });
  }
  throw denied(webhook, NOT_NOW, triggered);
}

/** What a webhook of virt-api makes of what it is asked about; of one that is not known here, the same. Throws its refusal. */
export function judged<T extends KubeObject>(webhook: string, cluster: Cluster, admission: Admission & { object: T }): T {
  switch (webhook) {
    case 'migrations-mutator.kubevirt.io': return completeMigration(admission.object);
    case 'migration-create-validator.kubevirt.io': validateMigration(webhook, cluster, admission.object); break;
    case 'virt-launcher-eviction-interceptor.kubevirt.io': interceptEviction(webhook, cluster, admission); break;
  }
  return admission.object;
}
