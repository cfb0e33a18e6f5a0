import { Button } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useAddress } from '../console/address';
import { useWords } from '../console/text';
import { useReport } from '../console/useReport';
import { type Runbook } from '../engine';
import { AnswerLine } from '../components/overview/AnswerLine';

type Labels = Readonly<Record<string, string>>;

const Diagnosed: FC<{ readonly runbook: Runbook; readonly labels: Labels }> = ({ runbook, labels }) => {
  const { namespace } = useAddress();
  const { report } = useReport(runbook, labels, namespace);
  return <AnswerLine report={report} />;
};

interface DiagnosedLineProps {
  readonly runbook: Runbook | undefined;
  readonly labels: Labels;
  /** Run at once, or only when asked: a page of alerts must not flood a sick API server. */
  readonly isAutomatic: boolean;
}

/** What the diagnosis of a firing alert finds, run by itself or on demand. */
export const DiagnosedLine: FC<DiagnosedLineProps> = ({ runbook, labels, isAutomatic }) => {
  const t = useWords();
  const [isAsked, setAsked] = useState(false);
  if (!runbook) return <>{t('no runbook yet')}</>;
  if (isAutomatic || isAsked) return <Diagnosed runbook={runbook} labels={labels} />;
  return <Button variant="link" isInline onClick={() => setAsked(true)} aria-label={t('Find the cause of {{alert}}', { alert: runbook.alert })}>{t('Find the cause')}</Button>;
};
