import { type Table } from '../table';
import { DEEDS } from './table';

/** What is written, and what stops it. */
export const WRITES_TABLE: Table = {
  title: 'Writes: every mitigation that the page carries out itself',
  intro: 'Each is carried out on a real API server by a user with real rights. The audit log shows the previewed plan, dry first and then for good, under the name of the user, and nothing else. It is refused before it is sent when the object was deleted and created anew since the preview, and by the server itself when that happens after the last look; where the write is held against the exact state, so it is when anything of the object was changed. Without the right nothing is sent, not even dry. The clock that a stale lease is proved by is simulated.',
  columns: ['Mitigation', 'Fault', 'Runbook', 'Held against'],
  rows: DEEDS.map(({ mitigation, scenario, alert, heldAgainst }) => [mitigation, scenario, alert, heldAgainst === 'version' ? 'uid and resourceVersion' : 'uid: its state may go on changing']),
};
