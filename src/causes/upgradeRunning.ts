import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { awaitUpgrade } from '../mitigations/olm';
import { type upgrade } from '../steps/upgrade';

/** OLM replaces the operator just now. Expected, for a while. */
export const upgradeRunning = (under: typeof upgrade) => cause({
  id: 'upgrade-running',
  nature: 'expected',
  says: msg('The operator is being upgraded, for less than 20 minutes so far.'),
  confirmedBy: under.is('operator'),
  supportedBy: under.is('platform', 'pools', 'virtualization'),
  mitigations: [awaitUpgrade],
});
