import { type Table } from '../table';
import { type Fault } from './fault';
import { LAUNCHER_FAULTS } from './launcherFaults';
import { LEADER_FAULTS } from './leaderFaults';
import { OPERATOR_FAULTS } from './operatorFaults';

/** Every fault, in the order in which they are tried. */
export const FAULTS: readonly Fault[] = [...OPERATOR_FAULTS, ...LEADER_FAULTS, ...LAUNCHER_FAULTS];

/** The same as a table. */
export const FAULT_TABLE: Table = {
  title: 'Faults of the real KubeVirt',
  intro: 'Each is brought about in the running control plane. The alert of the rule that virt-operator wrote must fire, its runbook must confirm this cause and no other, and once the fault is undone the alert must go.',
  columns: ['Fault', 'Alert', 'Cause'],
  rows: FAULTS.map(({ title, alert, cause }) => [title, alert, cause]),
};
