import { type Table } from '../table';
import answers from './answers.json';
import { PEOPLE } from './people';

/** What one person was answered about one runbook. */
export interface Answered {
  /** Checks that came to a conclusion, and all of them; what was not needed aside. */
  readonly known: number;
  readonly of: number;
  /** Form of the answer: `causeFound`, `couldNotTell` … */
  readonly answer: string;
}

/** How an answer is called: `ALERT NAME`. */
export const keyOf = (alert: string, name: string): string => `${alert} ${name}`;

const recorded = answers as Readonly<Record<string, Answered>>;
const alerts = [...new Set(Object.keys(recorded).map((key) => key.split(' ')[0] ?? ''))];

const cell = (alert: string, name: string): string => {
  const found = recorded[keyOf(alert, name)];
  return found ? `${found.known} of ${found.of}, ${found.answer}` : '';
};

/** Who sees how much of what. */
export const RIGHTS_TABLE: Table = {
  title: 'Rights: what real users see',
  intro: 'One fault per runbook, looked at by users whose rights are real RBAC: Kubernetes’ own aggregated roles, KubeVirt’s, and those of OpenShift as its repositories define them. A cell: how many of the checks came to a conclusion, and the answer. Nobody is told that something is fine, or wrong, that is not; each right that is missing is named as the 403 of the server names it. With the roles that `virt-runbooks needs` prints nothing is unknown for lack of rights, in any scenario, and none of their rights is superfluous. The proxy that guards Prometheus is simulated; it asks the real server.',
  columns: ['User', ...alerts],
  rows: PEOPLE.map(({ name, says }) => [says, ...alerts.map((alert) => cell(alert, name))]),
};
