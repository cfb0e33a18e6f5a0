import { randomBytes } from 'node:crypto';

/** Somebody the API server knows by a token. What they may do is said by role bindings. */
export interface User {
  name: string;
  groups: readonly string[];
  /** Made up if it is not given. */
  token?: string;
}

/** Whoever starts the control plane: member of `system:masters`, which no role binding can limit. */
export const ADMIN: User = { name: 'admin', groups: ['system:masters'] };

/** Reads everything but secrets, in all namespaces (ClusterRole `view`, bound at the start). */
export const VIEWER: User = { name: 'viewer', groups: [] };

/** The group of the control plane's own programs; what they write into leases and events is left out of the audit log. */
export const PROGRAMS_GROUP = 'control-plane:programs';

/** The control plane's own programs; Kubernetes binds the roles of the first two itself. */
export const SYSTEM_USERS: readonly User[] = [
  { name: 'system:kube-controller-manager', groups: [PROGRAMS_GROUP] },
  { name: 'system:kube-scheduler', groups: [PROGRAMS_GROUP] },
  { name: 'control-plane:agent', groups: [PROGRAMS_GROUP, 'system:masters'] },
  { name: 'control-plane:kwok', groups: [PROGRAMS_GROUP, 'system:masters'] },
  { name: 'control-plane:kube-state-metrics', groups: [PROGRAMS_GROUP, 'system:masters'] },
];

/** Users with their tokens, by name. */
export type Tokens = ReadonlyMap<string, string>;

/** A token for everybody. */
export const tokensOf = (users: readonly User[]): Tokens => new Map(users.map(({ name, token }) => [name, token ?? randomBytes(16).toString('hex')]));

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The API server's token file: token, name, uid, groups. */
export const tokenFile = (users: readonly User[], tokens: Tokens): string =>
  users.map(({ name, groups }) => [tokens.get(name) ?? '', name, name, groups.join(',')].map(quoted).join(',')).join('\n') + '\n';

/** A kubeconfig for one user, as JSON (of which YAML is a superset). */
export function kubeconfig(url: string, caFile: string, name: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'control-plane', cluster: { server: url, 'certificate-authority': caFile } }],
    users: [{ name, user: { token } }],
    contexts: [{ name: 'control-plane', context: { cluster: 'control-plane', user: name } }],
    'current-context': 'control-plane',
  }, null, 1);
}
