/** A line as KubeVirt's own logger writes it: one JSON object. */
export function virtLine(component: string, level: 'info' | 'warning' | 'error', msg: string, pos: string, at: Date): string {
  return JSON.stringify({ component, level, msg, pos, timestamp: `${at.toISOString().slice(0, 23)}000Z` });
}

/** A line as klog writes it; election messages of client-go have this form. */
export function klogLine(severity: 'I' | 'W' | 'E', message: string, source: string, at: Date): string {
  const [, month, day, time] = /^\d+-(\d+)-(\d+)T([\d:.]+)Z$/.exec(at.toISOString()) ?? [];
  return `${severity}${month ?? ''}${day ?? ''} ${time ?? ''}000       1 ${source}] ${message}`;
}

/** What virt-controller writes when it has won the election (pkg/virt-controller/watch/application.go), in the form of Go's own logger. */
export const controllersStart = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} STARTING controllers with following threads : node 3, vmi 10, replicaset 3, vm 3, migration 3, evacuation 3, disruptionBudget 3`;

const KUBECONFIG = 'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';

/** What a container writes when it starts, before it has done anything. Kinds of lines and their sources: KubeVirt v1.8.4. */
export function startupLog(container: string, namespace: string, at: Date): string[] {
  if (!container.startsWith('virt-')) return [];
  const first = klogLine('W', KUBECONFIG, 'client_config.go:667', at);
  if (container === 'virt-operator') {
    return [
      first,
      virtLine(container, 'warning', 'Invalid QPS value 0.000000, using default', 'application.go:144', at),
      virtLine(container, 'info', 'STARTING informer leasesInformer', 'virtinformers.go:383', at),
    ];
  }
  if (container === 'virt-controller') return [first, klogLine('I', `attempting to acquire leader lease ${namespace}/virt-controller...`, 'leaderelection.go:257', at)];
  return [first];
}
