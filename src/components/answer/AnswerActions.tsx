import { Button, Flex } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type MitigationReport, type Report } from '../../engine';
import { useWritten } from '../message/useWritten';

interface AnswerActionsProps {
  readonly report: Report;
  readonly onFix: (mitigation: MitigationReport) => void;
  readonly onShowEvidence: (step: string) => void;
}

/** The step that speaks loudest: the first one for the cause that was found, else the first with that outcome. */
const evidenceOf = ({ answer, causes, steps, outcome }: Report): string | undefined => {
  if (answer.form === 'running') return undefined;
  const cause = answer.form === 'causeFound' ? causes.find((each) => each.cause === answer.cause) : undefined;
  return cause?.for[0] ?? steps.find((step) => step.outcome === outcome)?.step;
};

/** The deed below an answer: the mitigation of the cause that was found, and the way to the evidence. */
export const AnswerActions: FC<AnswerActionsProps> = ({ report, onFix, onShowEvidence }) => {
  const t = useWords();
  const written = useWritten();
  const { answer } = report;
  const fix = answer.form === 'causeFound' ? report.mitigations.find(({ supportedBy }) => supportedBy.includes(answer.cause)) : undefined;
  const evidence = evidenceOf(report);
  if (!fix && evidence === undefined) return null;
  return (
    <Flex gap={{ default: 'gapMd' }}>
      {fix && <Button onClick={() => onFix(fix)}>{t('Fix: {{deed}}', { deed: written(fix.title) })}</Button>}
      {evidence !== undefined && <Button variant="secondary" onClick={() => onShowEvidence(evidence)}>{t('Show the evidence')}</Button>}
    </Flex>
  );
};
