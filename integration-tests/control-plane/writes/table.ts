/** One mitigation that the page carries out itself, and a world in which it is offered. */
export interface DeedRow {
  readonly mitigation: string;
  readonly alert: string;
  readonly scenario: string;
  /** The path of its target on the API server. */
  readonly targetOf: (name: string) => string;
  /** Minutes of the server's clock that have to pass between two looks before there is proof. Simulated: nobody waits. */
  readonly wait?: number;
  /** Whether the write is held against the exact state that was looked at, or against it being that very object. */
  readonly heldAgainst: 'version' | 'uid';
}

const inNamespace = (api: string, plural: string) => (name: string): string => `${api}/namespaces/openshift-cnv/${plural}/${name}`;

/** Every mitigation that writes. */
export const DEEDS: readonly DeedRow[] = [
  { mitigation: 'scale-back', alert: 'VirtOperatorDown', scenario: 'operator-scaled-to-zero', targetOf: inNamespace('/apis/apps/v1', 'deployments'), heldAgainst: 'version' },
  { mitigation: 'delete-operator-pod', alert: 'NoLeadingVirtOperator', scenario: 'leader-api-unreachable', targetOf: inNamespace('/api/v1', 'pods'), heldAgainst: 'uid' },
  { mitigation: 'delete-stale-lease', alert: 'NoLeadingVirtOperator', scenario: 'leader-abnormal-lease', targetOf: inNamespace('/apis/coordination.k8s.io/v1', 'leases'), wait: 4, heldAgainst: 'version' },
];
