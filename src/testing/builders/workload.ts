import type { DaemonSet, Deployment, PodSpec, PodTemplate, Toleration } from '../objects';
import type { KubeObject } from '../types';
import { imageOf, KUBEVIRT_VERSION } from './names';

interface Component {
  name: string;
  image?: string;
  namespace?: string;
  labels: Record<string, string>;
  replicas?: number;
  requests: Record<string, string>;
  serviceAccount?: string;
  priorityClassName?: string;
  ports?: { name: string; containerPort: number }[];
  env?: { name: string; value?: string; valueFrom?: { fieldRef: { apiVersion: 'v1'; fieldPath: string } } }[];
  args?: string[];
  probe?: string;
  /** Secrets with certificates, mounted where the program looks for them. */
  certificates?: Readonly<Record<string, string>>;
  placement?: 'control-plane' | 'anywhere';
  annotations?: Record<string, string>;
}

const CONTROL_PLANE: Toleration[] = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'].map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' }));

/** KubeVirt's own pods require a control-plane node, avoid workers and their own kind (kubevirt/kubevirt pkg/virt-operator/resource/generate/components). */
const onControlPlane = (component: string | undefined): PodSpec['affinity'] => ({
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: { matchExpressions: [{ key: 'node-role.kubernetes.io/worker', operator: 'DoesNotExist' }] } }],
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'].map((key) => ({ matchExpressions: [{ key, operator: 'Exists' }] })),
    },
  },
  ...(component === undefined
    ? {}
    : { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { labelSelector: { matchExpressions: [{ key: 'kubevirt.io', operator: 'In', values: [component] }] }, topologyKey: 'kubernetes.io/hostname' } }] } }),
});

/** The pod template of one control-plane component, with one container of the component's name. */
export function componentTemplate(component: Component): PodTemplate {
  const { name, image = imageOf(name), labels, requests, serviceAccount = name, priorityClassName, ports = [{ name: 'metrics', containerPort: 8443 }], env, args, probe, certificates = {}, placement = 'control-plane', annotations = {} } = component;
  const mounts = Object.entries(certificates);
  const probes = probe === undefined ? {} : { livenessProbe: httpProbe(probe), readinessProbe: httpProbe(probe) };
  return {
    metadata: { labels, annotations: { 'openshift.io/required-scc': 'restricted-v2', ...annotations }, name },
    spec: {
      ...(placement === 'control-plane' ? { affinity: onControlPlane(labels['kubevirt.io']) } : {}),
      containers: [
        {
          name,
          image,
          command: [name],
          ...(args ? { args } : {}),
          imagePullPolicy: 'IfNotPresent',
          ...(env ? { env } : {}),
          ports: ports.map((port) => ({ ...port, protocol: 'TCP' })),
          ...probes,
          resources: { requests },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
          ...(mounts.length > 0 ? { volumeMounts: mounts.map(([secret, mountPath]) => ({ name: secret, mountPath, readOnly: true })) } : {}),
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      serviceAccount,
      serviceAccountName: serviceAccount,
      terminationGracePeriodSeconds: 30,
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }, ...(placement === 'control-plane' ? CONTROL_PLANE : [])],
      ...(mounts.length > 0 ? { volumes: mounts.map(([secretName]) => ({ name: secretName, secret: { secretName, optional: true, defaultMode: 420 } })) } : {}),
    },
  };
}

const httpProbe = (path: string): Record<string, unknown> => ({ httpGet: { path, port: 8443, scheme: 'HTTPS' }, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 10, successThreshold: 1, failureThreshold: 3 });

/** A Deployment's spec as the API server completes it. */
export function deploymentSpec(replicas: number, matchLabels: Record<string, string>, template: PodTemplate): Deployment['spec'] {
  return {
    replicas,
    selector: { matchLabels },
    template,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  };
}

/** A Deployment that no controller has seen yet. */
export function deployment(options: { namespace: string; name: string; labels?: Record<string, string>; annotations?: Record<string, string>; spec: Deployment['spec']; managedFields?: unknown[]; ownerReferences?: KubeObject['metadata']['ownerReferences'] }): Deployment {
  const { namespace, name, labels = {}, annotations, spec, managedFields, ownerReferences } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels, ...(annotations ? { annotations } : {}), ...(managedFields ? { managedFields } : {}), ...(ownerReferences ? { ownerReferences } : {}) },
    spec,
    status: {},
  };
}

/** A DaemonSet that no controller has seen yet. */
export function daemonSet(options: { namespace: string; name: string; labels: Record<string, string>; template: PodTemplate; matchLabels: Record<string, string> }): DaemonSet {
  const { namespace, name, labels, template, matchLabels } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels, annotations: { 'deprecated.daemonset.template.generation': '1' } },
    spec: { selector: { matchLabels }, template, revisionHistoryLimit: 10, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
    status: { desiredNumberScheduled: 0, currentNumberScheduled: 0, numberReady: 0, numberMisscheduled: 0 },
  };
}

/** Labels virt-operator puts on what it manages. */
export const managedLabels = (component: string): Record<string, string> => ({
  'app.kubernetes.io/component': 'kubevirt',
  'app.kubernetes.io/managed-by': 'virt-operator',
  'app.kubernetes.io/version': KUBEVIRT_VERSION,
  'kubevirt.io': component,
});

/** The template of virt-api, virt-controller or virt-handler as virt-operator 1.8.4 writes it. */
export function virtTemplate(name: 'virt-api' | 'virt-controller' | 'virt-handler'): PodTemplate {
  const labels = { ...managedLabels(name), 'prometheus.kubevirt.io': 'true', 'np.kubevirt.io/allow-access-cluster-services': 'true' };
  const requests = { 'virt-api': { cpu: '5m', memory: '500Mi' }, 'virt-controller': { cpu: '10m', memory: '275Mi' }, 'virt-handler': { cpu: '10m', memory: '325Mi' } }[name];
  const serviceAccount = { 'virt-api': 'kubevirt-apiserver', 'virt-controller': 'kubevirt-controller', 'virt-handler': 'kubevirt-handler' }[name];
  const placement = name === 'virt-handler' ? 'anywhere' : 'control-plane';
  const secret = { 'virt-api': 'kubevirt-virt-api-certs', 'virt-controller': 'kubevirt-controller-certs', 'virt-handler': 'kubevirt-virt-handler-server-certs' }[name];
  const probe = { 'virt-api': '/apis/subresources.kubevirt.io/v1/healthz', 'virt-controller': '/leader', 'virt-handler': '/healthz' }[name];
  const args = ['--port', '8443', '-v', '2'];
  return componentTemplate({ name, labels, requests, args, serviceAccount, priorityClassName: 'kubevirt-cluster-critical', probe, placement, certificates: { [secret]: `/etc/${name}/certificates` } });
}

/** The template of virt-operator as the CSV carries it; OLM adds its annotations. */
export function virtOperatorTemplate(): PodTemplate {
  return componentTemplate({
    name: 'virt-operator',
    labels: { 'kubevirt.io': 'virt-operator', name: 'virt-operator', 'prometheus.kubevirt.io': 'true', 'np.kubevirt.io/allow-access-cluster-services': 'true' },
    requests: { cpu: '10m', memory: '450Mi' },
    serviceAccount: 'kubevirt-operator',
    priorityClassName: 'kubevirt-cluster-critical',
    ports: [{ name: 'metrics', containerPort: 8443 }, { name: 'webhooks', containerPort: 8444 }],
    env: [{ name: 'VIRT_OPERATOR_IMAGE', value: imageOf('virt-operator') }, { name: 'WATCH_NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.annotations['olm.targetNamespaces']" } } }, { name: 'KUBEVIRT_VERSION', value: KUBEVIRT_VERSION }],
    args: ['--port', '8443', '-v', '2'],
    certificates: { 'kubevirt-operator-certs': '/etc/virt-operator/certificates' },
    probe: '/metrics',
  });
}

