import { Button, Flex, FlexItem, Label } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type CauseReport, type StepReport, type Verdict } from '../../engine';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';

interface CauseItemProps {
  readonly cause: CauseReport;
  readonly steps: readonly StepReport[];
  readonly onShowEvidence: (step: string) => void;
}

const COLORS: Readonly<Record<Verdict, 'red' | 'orange' | 'grey'>> = { confirmed: 'red', supported: 'orange', open: 'grey', refuted: 'grey' };

const VerdictLabel: FC<{ readonly verdict: Verdict }> = ({ verdict }) => {
  const t = useWords();
  const words: Readonly<Record<Verdict, string>> = { confirmed: t('Confirmed'), supported: t('Supported'), open: t('Open'), refuted: t('Ruled out') };
  return <Label isCompact variant="outline" color={COLORS[verdict]}>{words[verdict]}</Label>;
};

/** The questions that speak for a cause or against it, each leading to its row. */
const Witnesses: FC<{ readonly title: string; readonly ids: readonly string[] } & Pick<CauseItemProps, 'steps' | 'onShowEvidence'>> = ({ title, ids, steps, onShowEvidence }) => {
  const written = useWritten();
  const named = steps.filter(({ step }) => ids.includes(step));
  if (named.length === 0) return null;
  return (
    <div>
      {title}{' '}
      {named.map(({ step, asks }, place) => (
        <span key={step}>{place > 0 && ' · '}<Button variant="link" isInline onClick={() => onShowEvidence(step)}>{written(asks)}</Button></span>
      ))}
    </div>
  );
};

/** One cause: its sentence, its verdict, and which questions speak for it and against it. */
export const CauseItem: FC<CauseItemProps> = ({ cause, steps, onShowEvidence }) => {
  const t = useWords();
  return (
    <>
      <Flex columnGap={{ default: 'columnGapSm' }}>
        <FlexItem><MessageText message={cause.says} /></FlexItem>
        <FlexItem><VerdictLabel verdict={cause.verdict} /></FlexItem>
        {cause.nature === 'falseAlarm' && <FlexItem><Label isCompact color="blue">{t('False alarm')}</Label></FlexItem>}
        {cause.nature === 'expected' && <FlexItem><Label isCompact color="blue">{t('Expected for a while')}</Label></FlexItem>}
        {cause.fires === 'no' && <FlexItem><Label isCompact color="grey">{t('Explains other alerts, not this one')}</Label></FlexItem>}
      </Flex>
      <Witnesses title={t('For it:')} ids={cause.for} steps={steps} onShowEvidence={onShowEvidence} />
      <Witnesses title={t('Against it:')} ids={cause.against} steps={steps} onShowEvidence={onShowEvidence} />
    </>
  );
};
