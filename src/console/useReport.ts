import { useCallback } from 'react';
import { type Report, type Runbook } from '../engine';
import { clock } from './cluster';
import { useDiagnosis } from './useDiagnosis';

/** The report of a runbook as far as it has come, and what the reader of the page can do about it. */
export interface LiveReport {
  readonly report: Report;
  /** False once a server has shown that it is under strain: then only `runAgain` reads. */
  readonly live: boolean;
  /** Seconds by which this computer's clock is ahead of the cluster's. Times shown are the cluster's. */
  readonly skew: number;
  /** Reads again: one step, or everything. */
  readonly runAgain: (step?: string) => void;
  /** Answers an `ask` step; `undefined` takes the answer back. */
  readonly answer: (step: string, reason: string | undefined) => void;
}

/** Runs the diagnosis of a runbook and keeps it fresh. `tenant` is the project of the page, undefined for all. */
export const useReport = (runbook: Runbook, labels: Readonly<Record<string, string>>, tenant: string | undefined): LiveReport => {
  const { diagnosis, report, live } = useDiagnosis(runbook, labels, tenant);
  const runAgain = useCallback((step?: string) => diagnosis.readAgain(step === undefined ? undefined : { step }), [diagnosis]);
  return { report, live, skew: clock.skew() / 1000, runAgain, answer: diagnosis.state };
};
