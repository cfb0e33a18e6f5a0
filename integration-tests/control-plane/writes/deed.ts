import {
  type Diagnosis, type ExecuteMitigation, type Picked, type Runbook, type Undertaking, type UndertakingState, createClock, createDiagnosis, createReader, drive, limited, undertake,
} from '../../../src/engine';
import { type Cluster } from '../../../src/testing/cluster';
import { type Scenario } from '../../../src/testing/scenarios';
import { clusterAdmin } from '../../../src/testing/users';
import { type ApiServer } from '../launch/apiServer';
import { realDoor } from '../truth/look';
import { answersOf, firingOf } from '../truth/metrics';
import { senderTo } from './sender';

/** One mitigation about to be carried out by a person on a real API server. */
export interface Deed {
  readonly undertaking: Undertaking;
  readonly state: () => UndertakingState;
  /** Resolves when nothing is left to read. */
  readonly settled: () => Promise<void>;
  /** Lets time pass on the server's clock as the page hears it, milliseconds, and reads everything again. Simulated: nobody waits. */
  readonly later: (by: number) => Promise<void>;
  readonly leave: () => void;
}

interface About {
  readonly runbook: Runbook;
  /** Its id, or one that no runbook has. */
  readonly mitigation: string | ExecuteMitigation;
  readonly picked?: Picked;
  readonly scenario: Scenario;
  readonly cluster: Cluster;
  readonly user: string;
  /** Happens after the last look at the target, right before the write is sent. */
  readonly meanwhile?: () => Promise<void>;
}

const mitigationOf = ({ causes, company, always }: Runbook, id: string | ExecuteMitigation): ExecuteMitigation => {
  if (typeof id !== 'string') return id;
  const found = [...[...causes, ...company].flatMap(({ mitigations }) => mitigations), ...always].find((one) => one.id === id);
  if (found?.mode !== 'execute') throw new Error(`${id} is not carried out by the page`);
  return found;
};

/** Reads what the mitigation rests on, as its page does, and stops before the preview. */
export const begin = async (server: ApiServer, { runbook, mitigation, picked, scenario, cluster, user, meanwhile }: About): Promise<Deed> => {
  let ahead = 0;
  const clock = createClock(() => Date.now() + ahead);
  const behind = { cluster, user: { ...clusterAdmin, name: user }, rules: firingOf(runbook.alert, scenario), metrics: answersOf(cluster, scenario) };
  const door = realDoor(server, behind);
  const diagnosis: Diagnosis = createDiagnosis(runbook, {}, clock.now);
  const leaving = new AbortController();
  const shifted: typeof door = {
    get: async (request, signal) => {
      const reply = await door.get(request, signal);
      return reply.state === 'answered' && reply.date !== undefined ? { ...reply, date: reply.date + ahead } : reply;
    },
  };
  const reader = createReader(limited(shifted, 6), clock);
  const undertaking = undertake(diagnosis, mitigationOf(runbook, mitigation), { reader, sender: senderTo(server, user, meanwhile), signal: leaving.signal, ...(picked ? { picked } : {}) });
  const { settled } = drive(diagnosis, reader, leaving.signal);
  await settled();
  return {
    undertaking, settled, state: undertaking.state,
    later: async (by) => {
      ahead += by;
      diagnosis.readAgain();
      await settled();
    },
    leave: () => leaving.abort(),
  };
};
