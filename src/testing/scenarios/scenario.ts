import type { Cluster } from '../cluster';
import type { User } from '../types';

/** A fault of the world, as data: what it makes fire, what a diagnosis must find, who looks at it. */
export interface Scenario {
  /** Stable, kebab case; what `SCENARIO=` names. */
  readonly id: string;
  /** What happened, for the chooser on the page. */
  readonly title: string;
  /** The alert that fires because of it; absent when none does. */
  readonly alert?: string;
  /** Id of the cause that a diagnosis must confirm; absent when none can be confirmed. */
  readonly cause?: string;
  /** How long ago it began, in minutes. */
  readonly sinceMinutes: number;
  /** Which form of the alerting rules is loaded. */
  readonly rules: 'kubevirt-1.8.4' | 'kubevirt-main';
  /** Who looks. */
  readonly user: User;
  readonly prometheus: 'up' | 'down';
  /** Makes it happen in a healthy cluster, at the cluster's time. */
  apply(cluster: Cluster): void;
}

/** What a scenario's author writes; the rest has defaults. */
export type ScenarioSpec = Pick<Scenario, 'id' | 'title' | 'apply'> & Partial<Scenario>;
