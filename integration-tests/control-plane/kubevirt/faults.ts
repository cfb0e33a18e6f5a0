import { type Table } from '../table';
import { type Fault } from './fault';
import { LAUNCHER_FAULTS } from './launcherFaults';
import { LEADER_FAULTS } from './leaderFaults';
import { OPERATOR_FAULTS } from './operatorFaults';

/** Every fault, in the order in which they are tried. */
export const FAULTS: readonly Fault[] = [...OPERATOR_FAULTS, ...LEADER_FAULTS, ...LAUNCHER_FAULTS];

/** A fault whose runbook is certain only after more than this, in seconds, is tried if LONG is set: it would wait for minutes. */
const SHORT = 60;

/** Whether it is tried only if LONG is set. */
export const isLong = ({ certainAfter = 0 }: Fault): boolean => certainAfter > SHORT;

/** The same as a table. */
export const FAULT_TABLE: Table = {
  title: 'Faults of the real KubeVirt',
  intro: 'Each is brought about in the running control plane. The alert of the rule that virt-operator wrote must fire, its runbook must confirm this cause and no other, and once the fault is undone the alert must go.',
  columns: ['Fault', 'Alert', 'Cause', 'Tried'],
  rows: FAULTS.map((fault) => [fault.title, fault.alert, fault.cause, isLong(fault) ? 'with LONG=1' : 'always']),
};
