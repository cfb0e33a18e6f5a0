import { type Report, foundCause } from '../engine';
import { type Findings } from './findings';
import { EXIT_OF_REFUSAL } from './refusal';

/** How the command ends. The two of wrong usage and of nothing to be reached are those of sysexits.h. */
export const EXIT = { noProblem: 0, problem: 1, notFullyChecked: 2, ...EXIT_OF_REFUSAL } as const;

/** What one report means for whoever asks whether all is well. */
export const verdictOf = (report: Report): 'noProblem' | 'problem' | 'notFullyChecked' => {
  const { answer, counts } = report;
  // Something that ends by itself is no problem; a false alarm is one: of what raises it.
  if (answer.form === 'causeFound') return foundCause(report)?.nature === 'expected' ? 'noProblem' : 'problem';
  if (answer.form === 'problemFound' || counts.fail > 0 || counts.warn > 0) return 'problem';
  if (answer.form === 'nothingFoundFiring') return 'problem';
  return answer.form === 'nothingFoundNotFiring' && counts.unknown === 0 && counts.waiting === 0 ? 'noProblem' : 'notFullyChecked';
};

/** The exit code of a run: a problem outweighs what could not be checked, and that outweighs what is fine. */
export const exitCodeOf = ({ reports, withoutRunbook, partial }: Findings): number => {
  const verdicts = reports.map(verdictOf);
  // That an alert fires is a problem, whether or not there is a runbook for it.
  if (verdicts.includes('problem') || withoutRunbook.length > 0) return EXIT.problem;
  return partial || verdicts.includes('notFullyChecked') ? EXIT.notFullyChecked : EXIT.noProblem;
};
