import { type Report } from '../engine';

/** An alert of virtualization that fires and has no runbook. */
export interface WithoutRunbook {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly activeAt?: string;
}

/** An alert that fires and that Alertmanager keeps quiet. */
export interface Silenced {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ids of the silences. */
  readonly by: readonly string[];
}

/** What `virt-runbooks diagnose -o json` prints. */
export interface Findings {
  readonly version: 1;
  /** ISO 8601, server time. */
  readonly at: string;
  /** The context of the kubeconfig. */
  readonly context: string;
  /** Address of the API server. */
  readonly server: string;
  /** True if the run was stopped before every question was answered. */
  readonly partial: boolean;
  /** What is wrong and did not stop the run, a sentence each. */
  readonly notices: readonly string[];
  /** One per alert that was looked into. */
  readonly reports: readonly Report[];
  readonly withoutRunbook: readonly WithoutRunbook[];
  readonly silenced: readonly Silenced[];
}
