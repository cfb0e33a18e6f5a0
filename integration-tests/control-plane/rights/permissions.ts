import { type Permission, type Report, type StepReport, READ_METRICS } from '../../../src/engine';
import { type Asked } from '../truth/look';

/** A permission as one line, as the server's own refusal has it: `list pods/log in "" in namespace`. */
const lineOf = (verb: string, resource: string, group: string, namespace: string | undefined): string => `${verb} ${resource} in API group "${group}" ${namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`}`;

const REFUSAL = /cannot (\S+) resource "([^"]+)" in API group "([^"]*)" (?:in the namespace "([^"]+)"|at the cluster scope)/;

/** The permissions that the server named when it refused requests. */
export const refusedIn = (asked: readonly Asked[]): readonly string[] => [...new Set(asked.filter(({ status }) => status === 403).map(({ words = '' }) => {
  const [, verb = '', resource = '', group = '', namespace] = REFUSAL.exec(words) ?? [];
  return verb === '' ? `not understood: ${words}` : lineOf(verb, resource, group, namespace);
}))].sort();

const lineOfPermission = ({ verb, group, resource, subresource, namespace }: Permission): string => lineOf(verb, subresource ? `${resource}/${subresource}` : resource, group, namespace);

/** Every step of a report, those beside the diagnosis too. */
export const allSteps = ({ steps, affected, around }: Report): readonly StepReport[] => [...steps, ...(affected ? [affected] : []), ...around];

/** The permissions that a report says are missing; the alert itself may be what cannot be read. */
export const missingIn = (report: Report): readonly string[] => {
  const missing = [...allSteps(report).flatMap((step) => step.missing), ...report.alert.missing].filter(({ reason }) => reason === 'forbidden');
  return [...new Set(missing.map(({ permission }) => (permission ? lineOfPermission(permission) : 'not named')))].sort();
};

/** How the API server would refuse what the proxy before Prometheus asks it about on behalf of a user. */
export const METRICS_REFUSAL = `cannot ${lineOf(READ_METRICS.verb, 'prometheuses/api', READ_METRICS.group, READ_METRICS.namespace).replace(/^(\S+) (\S+) in/, '$1 resource "$2" in')}`;

/**
 * Permissions of steps that turned out not to be needed: what they read may have been refused while that was still open, and is no loss.
 */
export const unneededIn = (report: Report): ReadonlySet<string> => new Set(
  allSteps(report).filter(({ outcome }) => outcome === 'notApplicable').flatMap(({ readings }) => readings.flatMap(({ permission }) => (permission ? [lineOfPermission(permission)] : []))),
);
