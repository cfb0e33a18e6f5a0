import { type Cluster } from './cluster';
import { type Metrics } from './door';
import { healthyCluster } from './healthy';
import { restMetrics } from './restMetrics';
import { type RunbookCase } from './testRunbook';
import { clusterOf } from './world';

/** What a row says besides its world. */
type Expected = Omit<RunbookCase, 'given' | 'metrics'>;

/** A row about calls that fail: a fault of the world, as it is 10 minutes later. */
export const restRow = (apply: (cluster: Cluster) => void, expected: Expected, change: (metrics: Metrics) => Metrics = (same) => same): RunbookCase => {
  let made: { readonly cluster: Cluster; readonly metrics: Metrics } | undefined;
  const make = () => {
    if (made === undefined) {
      const cluster = clusterOf({ sinceMinutes: 10, apply });
      made = { cluster, metrics: restMetrics(cluster) };
    }
    return made;
  };
  return {
    ...expected,
    given: () => make().cluster,
    get metrics() {
      return change(make().metrics);
    },
  };
};

/** A row in which nothing is wrong. */
export const quietRow = (): RunbookCase => {
  const cluster = healthyCluster();
  return {
    given: () => cluster, metrics: restMetrics(cluster), firing: false, cause: null, offers: [], answer: 'nothingFoundNotFiring',
    finds: { 'rest-ratio': 'below', 'rest-calls': 'none', 'rest-pods': 'noInput', 'rest-codes': 'noInput', 'rest-rights': 'notNeeded', 'rest-silence': 'none', 'rest-scraped': 'all' },
  };
};
