import { type Cluster } from '../../src/testing/cluster';
import { pass, runControllers } from '../../src/testing/controllers';
import { healthyCluster } from '../../src/testing/healthy';
import { metricsOf } from '../../src/testing/metrics';
import { type Scenario } from '../../src/testing/scenarios';
import { type MetricSample } from '../../src/testing/types';

/** A cluster in which the scenario's fault began some time ago, and which goes on in real time. */
export interface World {
  cluster: Cluster;
  /** The raw series at an instant of the past or now. */
  seriesAt(at: Date): readonly MetricSample[];
  /** Lets the cluster's controllers rest. */
  stop(): void;
}

const MINUTE = 60_000;
const SNAPSHOT = MINUTE;

/**
 * Builds the healthy cluster as it was when the fault began, applies the fault, and lets the controllers live through the
 * time until now, noting the metrics on the way. From then on the clock is the real one.
 */
export function worldOf(scenario: Scenario, now: Date): World {
  const began = now.getTime() - scenario.sinceMinutes * MINUTE;
  const cluster = healthyCluster(new Date(began));
  const before = metricsOf(cluster);
  scenario.apply(cluster);
  const since: (readonly MetricSample[])[] = [];
  for (let at = began; at < now.getTime(); at += SNAPSHOT) {
    pass(cluster, SNAPSHOT);
    since.push(metricsOf(cluster));
  }
  cluster.clock.follow(() => Date.now());
  const stop = runControllers(cluster, (run, delay) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  });
  const seriesAt = (at: Date): readonly MetricSample[] => {
    const place = Math.floor((at.getTime() - began) / SNAPSHOT);
    return place < 0 ? before : (since[Math.min(place, since.length - 1)] ?? before);
  };
  return { cluster, seriesAt, stop };
}
