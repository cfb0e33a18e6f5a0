import { setTimeout as sleep } from 'node:timers/promises';
import { type Scenario } from '../../src/testing/scenarios';
import { startApiServer } from '../apiserver/server';
import { type Binaries } from '../monitoring/binaries';
import { type Monitoring, startMonitoring } from '../monitoring/monitoring';
import { worldOf } from './world';

/** Loopback ports that stay the same from scenario to scenario, so that addresses once given keep working. */
export interface Ports {
  kubernetes: number;
  prometheus: number;
  alertmanager: number;
}

/** What every scenario is set up with. */
export interface StageProps {
  binaries: Binaries;
  /** A temporary folder. */
  dir: string;
  ports: Ports;
}

/** One scenario, running: its cluster behind an API, and what watches it. */
export interface Stage {
  /** undefined in a scenario without a Prometheus. */
  monitoring: Monitoring | undefined;
  /** Resolves with a sentence if a program of it ends before `close`. */
  died: Promise<string>;
  close(): Promise<void>;
}

const FIRE_WITHIN = 15_000;

/** Waits until Prometheus itself says what the past let expect; gives up quietly, since the page shows what is true. */
async function untilFiring({ expected, firing }: Monitoring): Promise<void> {
  const wanted = expected.filter(({ firingSince }) => firingSince !== undefined).length;
  for (const deadline = Date.now() + FIRE_WITHIN; Date.now() < deadline && (await firing()).length < wanted; ) await sleep(100);
}

/** Starts a scenario's cluster and, unless the scenario is without, its monitoring; resolves when its alerts fire. */
export async function setStage(scenario: Scenario, props: StageProps): Promise<Stage> {
  const { cluster, seriesAt, stop } = worldOf(scenario, new Date());
  const api = await startApiServer({ cluster, port: props.ports.kubernetes, user: () => scenario.user });
  const close = async (): Promise<void> => {
    stop();
    await api.close();
  };
  if (scenario.prometheus === 'down') return { monitoring: undefined, died: new Promise(() => undefined), close };
  try {
    const monitoring = await startMonitoring({ ...props, series: seriesAt, scrape: `${api.url}/metrics`, rules: scenario.rules });
    await untilFiring(monitoring);
    return { monitoring, died: monitoring.died, close: async () => void (await Promise.all([monitoring.close(), close()])) };
  } catch (error) {
    await close();
    throw error;
  }
}
