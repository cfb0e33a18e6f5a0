import { Card, CardBody, CardFooter, CardTitle, Flex, FlexItem, Spinner } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { useWords } from '../../console/text';
import { type MitigationReport, type Report, foundCause } from '../../engine';
import { MessageText } from '../message/MessageText';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { ReadOut } from '../outcome/ReadOut';
import { AnswerActions } from './AnswerActions';
import { AnswerCounts } from './AnswerCounts';
import { AnswerProof } from './AnswerProof';
import { LookFirst } from './LookFirst';
import { useAnswerSays } from './useAnswerSays';
import './AnswerCard.css';

interface AnswerCardProps {
  readonly report: Report;
  /** When it was checked, and whether it keeps up. */
  readonly checked: ReactNode;
  /** The address of an alert's runbook, or undefined where there is none. */
  readonly hrefOf: (alert: string) => string | undefined;
  readonly onFix: (mitigation: MitigationReport) => void;
  readonly onShowEvidence: (step: string) => void;
}

/** The answer first: what is wrong, why one can say so, what to do, and what was not looked at. Never empty. */
export const AnswerCard: FC<AnswerCardProps> = ({ report, checked, hrefOf, onFix, onShowEvidence }) => {
  const t = useWords();
  const { headline, outcome } = useAnswerSays(report);
  const cause = foundCause(report);
  const isRunning = outcome === undefined;
  return (
    <Card isLarge component="section" aria-label={t('Answer')} className={`virt-runbooks__answer virt-runbooks__answer--${outcome ?? 'running'}`}>
      <CardTitle component="h2">
        <Flex flexWrap={{ default: 'nowrap' }} alignItems={{ default: 'alignItemsFlexStart' }} gap={{ default: 'gapSm' }}>
          <FlexItem>{isRunning ? <Spinner size="lg" aria-label={t('Checking')} /> : <OutcomeIcon outcome={outcome} size="lg" />}</FlexItem>
          <FlexItem>{cause ? <MessageText message={cause.says} /> : headline}</FlexItem>
        </Flex>
      </CardTitle>
      {/* Said once when the answer stands, not at every question answered on the way. */}
      <ReadOut text={isRunning ? '' : headline} />
      <LookFirst report={report} hrefOf={hrefOf} />
      <CardBody><AnswerProof report={report} /></CardBody>
      <CardBody isFilled={false}><AnswerActions report={report} onFix={onFix} onShowEvidence={onShowEvidence} /></CardBody>
      <CardFooter>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} columnGap={{ default: 'columnGapMd' }}>
          <FlexItem><AnswerCounts report={report} /></FlexItem>
          <FlexItem>{checked}</FlexItem>
        </Flex>
      </CardFooter>
    </Card>
  );
};
