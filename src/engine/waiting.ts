import { type Diagnosis } from './diagnosis';
import { type ReadStep } from './step';

/** How long is waited between two readings of a step that has to pass before the next operation, milliseconds. */
const PATIENT = 2_000;

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> => new Promise((done) => {
  const timer = setTimeout(done, milliseconds);
  signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, { once: true });
});

/**
 * Waits until the last of these further steps has passed on evidence of after this moment. False if that takes longer than `patience` seconds of
 * server time, or is not wanted any more.
 */
export const passes = async (diagnosis: Diagnosis, further: readonly ReadStep[], patience: number, signal: AbortSignal): Promise<boolean> => {
  const since = diagnosis.report().at;
  const until = Date.parse(since) + patience * 1000;
  const awaited = further.at(-1)?.id ?? '';
  diagnosis.alsoRun(further);
  while (!signal.aborted) {
    diagnosis.readAgain({ step: awaited });
    await pause(PATIENT, signal);
    const report = diagnosis.evaluated(awaited)?.report;
    if (report?.outcome === 'pass' && report.readings.every(({ readAt }) => readAt !== undefined && readAt >= since)) return true;
    if (Date.parse(diagnosis.report().at) >= until) return false;
  }
  return false;
};
