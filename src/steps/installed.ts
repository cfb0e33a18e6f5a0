import { type Cell, type Finding, fail, info, pass, unknown, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { type KubeVirt } from '../sources/objects';
import { kubeVirtApi, kubeVirts } from '../sources/virtualization';

const refOf = ({ metadata: { name, namespace } }: KubeVirt) => ({ kind: 'KubeVirt', group: 'kubevirt.io', name, ...(namespace ? { namespace } : {}) });

const row = (of: KubeVirt): readonly Cell[] => [
  of.metadata.name, of.metadata.namespace ?? null, of.status?.phase ?? null, of.status?.observedKubeVirtVersion ?? null,
];

const table = (items: readonly KubeVirt[]) => [{
  of: 'table' as const,
  columns: [msg('KubeVirt'), msg('Namespace'), msg('Phase'), msg('Version')],
  rows: items.map(row),
}];

/**
 * The KubeVirt object that counts. virt-operator's webhook refuses a second one, so several are an accident: the one that
 * was deployed is meant, and if that is not exactly one, nobody can tell.
 */
const theOne = (items: readonly KubeVirt[]): KubeVirt | undefined => {
  if (items.length < 2) return items[0];
  const deployed = items.filter(({ status }) => status?.observedKubeVirtVersion !== undefined);
  return deployed.length === 1 ? deployed[0] : undefined;
};

const REASONS = ['found', 'beingRemoved', 'absent', 'notServed', 'several', 'noneSeen'] as const;

const about = (items: readonly KubeVirt[], of: KubeVirt): Finding<(typeof REASONS)[number]> => {
  const { name, namespace = '' } = of.metadata;
  const details = { subjects: items.map(refOf), rows: table(items) };
  if (items.length > 1) {
    return warn('several', msg('There are {{count}} KubeVirt objects. Only {{name}} in {{namespace}} was ever deployed; this page looks there.', { count: items.length, name, namespace }), {
      ...details, expected: msg('1 KubeVirt object'), actual: msg('{{count}} KubeVirt objects', { count: items.length }),
    });
  }
  const at = of.metadata.deletionTimestamp;
  if (at !== undefined) {
    return info('beingRemoved', msg('Virtualization is being removed from {{namespace}}; that began {{since}}. Components that stop now stop because of it.', { namespace, since: { instant: at } }), details);
  }
  const version = of.status?.observedKubeVirtVersion;
  return version === undefined
    ? pass('found', msg('In {{namespace}}. No version has been deployed yet.', { namespace }), details)
    : pass('found', msg('In {{namespace}}, KubeVirt {{version}}.', { namespace, version }), details);
};

/** Finds the namespace of the control plane. The first step of every diagnosis that reads there. */
export const installed = step({
  id: 'installed',
  asks: msg('Where is virtualization installed?'),
  why: msg('Everything below is read in the namespace of the KubeVirt object.'),
  reads: { kubevirts: kubeVirts(), api: kubeVirtApi() },
  reasons: REASONS,
  check: ({ kubevirts, api }) => {
    if (api.absent) {
      return fail('notServed', msg('The cluster does not serve the API kubevirt.io/v1: virtualization is not installed, or its definitions were removed.'), {
        expected: msg('kubevirt.io/v1 is served'), actual: msg('not found'),
      });
    }
    const one = theOne(kubevirts.items);
    if (one) return about(kubevirts.items, one);
    if (kubevirts.items.length > 0) {
      return unknown('several', msg('There are {{count}} KubeVirt objects and it cannot be told which one counts. Delete the one that is not meant.', { count: kubevirts.items.length }), {
        subjects: kubevirts.items.map(refOf), rows: table(kubevirts.items),
      });
    }
    return kubevirts.complete
      ? fail('absent', msg('There is no KubeVirt object: virtualization is not deployed, or was removed.'), { expected: msg('1 KubeVirt object'), actual: msg('none') })
      : unknown('noneSeen', msg('No KubeVirt object could be seen.'));
  },
  out: {
    namespace: ({ kubevirts }) => theOne(kubevirts.items)?.metadata.namespace,
    name: ({ kubevirts }) => theOne(kubevirts.items)?.metadata.name,
    observedVersion: ({ kubevirts }) => theOne(kubevirts.items)?.status?.observedKubeVirtVersion,
    targetVersion: ({ kubevirts }) => theOne(kubevirts.items)?.status?.targetKubeVirtVersion,
  },
});
