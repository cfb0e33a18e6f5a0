import { ADMIN } from '../launch/users';
import { type ControlPlane } from '../plane/controlPlane';
import { NAMESPACE } from '../plane/kubevirt';
import { type ApiObject, merge, read, write } from '../plane/objects';
import { until } from '../plane/wait';
import { type Fault, PODS, restartOperator, scaleOperator, stopOperator } from './fault';
import { holderOf } from './health';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ROLE = `${RBAC}/namespaces/${NAMESPACE}/roles/kubevirt-operator`;
const CLUSTER_ROLE = `${RBAC}/clusterroles/kubevirt-operator`;

interface Role extends ApiObject {
  rules: readonly { apiGroups?: readonly string[]; resources?: readonly string[]; verbs: readonly string[] }[];
}

/** What roles said before something was taken out of them, by path. */
const before = new Map<string, Role['rules']>();

type Rule = Role['rules'][number];

/** Takes rules out of a role. */
async function takeAway({ server }: ControlPlane, role: string, isTaken: (rule: Rule) => boolean): Promise<void> {
  const send = server.as(ADMIN.name);
  const rules = (await read<Role>(send, role))?.rules ?? [];
  before.set(role, rules);
  await merge(send, role, { rules: rules.filter((rule) => !isTaken(rule)) });
}

const aboutLeases = ({ resources = [] }: Rule): boolean => resources.includes('leases');
/** Of the three kinds that virt-operator waits for before the election, the one that nobody else grants: KubeVirt objects may be listed by everybody who is logged in. */
const aboutDefinitions = ({ resources = [] }: Rule): boolean => resources.includes('customresourcedefinitions');

const giveBack = ({ server }: ControlPlane, role: string): Promise<void> => merge(server.as(ADMIN.name), role, { rules: before.get(role) ?? [] });

const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
/** Its service has no pods: whatever it is asked about is refused. */
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'change-freeze' },
  webhooks: [{
    name: 'leases.change-freeze.example.com', sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Fail', timeoutSeconds: 5,
    clientConfig: { service: { namespace: 'change-freeze', name: 'change-freeze', path: '/validate', port: 443 } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } },
    rules: [{ apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['leases'], scope: 'Namespaced' }],
  }],
};

const LEASE = `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/virt-operator`;
/** 68 years, in seconds: the largest there is. */
const FOR_EVER = 2_147_483_647;

/** By this label the metrics service finds its pods. */
const SCRAPED = 'prometheus.kubevirt.io';
let hidden = '';

const label = ({ server }: ControlPlane, value: string | null): Promise<void> => merge(server.as(ADMIN.name), `${PODS}/${hidden}`, { metadata: { labels: { [SCRAPED]: value } } });

/** What keeps virt-operator from leading although it runs. */
export const LEADER_FAULTS: readonly Fault[] = [
  // First: the log of a pod that was kept from its lease goes on to say so after the way is free.
  {
    id: 'leader-not-scraped', title: 'The pod that leads loses the label by which it is scraped', alert: 'NoLeadingVirtOperator', cause: 'leader-not-scraped',
    begin: async (plane) => {
      hidden = await until('a leader to hide', 60, () => holderOf(plane, 'virt-operator'));
      await label(plane, null);
    },
    end: (plane) => label(plane, 'true'),
  },
  {
    id: 'leader-lease-forbidden', title: 'The Role of virt-operator loses its leases', alert: 'NoLeadingVirtOperator', cause: 'lease-forbidden',
    begin: (plane) => takeAway(plane, ROLE, aboutLeases),
    end: (plane) => giveBack(plane, ROLE),
  },
  {
    id: 'leader-lease-webhook', title: 'A webhook on leases has a service without pods', alert: 'NoLeadingVirtOperator', cause: 'lease-webhook',
    // A lease of 15 s counts as renewed for three of its durations.
    certainAfter: 55,
    begin: ({ server }) => write(server.as(ADMIN.name), 'POST', WEBHOOKS, webhook),
    end: ({ server }) => write(server.as(ADMIN.name), 'DELETE', `${WEBHOOKS}/${webhook.metadata.name}`),
  },
  {
    id: 'leader-abnormal-lease', title: 'The lease is valid for 68 years and its holder is gone', alert: 'NoLeadingVirtOperator', cause: 'abnormal-lease',
    // A lease of any length counts as renewed for three minutes at most.
    certainAfter: 190,
    begin: async (plane) => {
      await stopOperator(plane);
      await merge(plane.server.as(ADMIN.name), LEASE, { spec: { holderIdentity: 'virt-operator-798876d8cb-x9k2q', leaseDurationSeconds: FOR_EVER } });
      await scaleOperator(plane, 2);
    },
    end: ({ server }) => merge(server.as(ADMIN.name), LEASE, { spec: { leaseDurationSeconds: 15 } }),
  },
  {
    id: 'leader-stuck', title: 'virt-operator may not list CustomResourceDefinitions, for which it waits before the election', alert: 'NoLeadingVirtOperator', cause: 'stuck-before-election',
    // A pod may fill its caches for two minutes after it became ready, which takes up to half a minute here.
    certainAfter: 170,
    begin: async (plane) => {
      await stopOperator(plane);
      await takeAway(plane, CLUSTER_ROLE, aboutDefinitions);
      await scaleOperator(plane, 2);
    },
    end: async (plane) => {
      await giveBack(plane, CLUSTER_ROLE);
      await restartOperator(plane);
    },
  },
];
