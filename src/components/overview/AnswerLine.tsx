import { Flex, FlexItem, Skeleton } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Report } from '../../engine';
import { useAnswerSays } from '../answer/useAnswerSays';
import { OutcomeIcon } from '../outcome/OutcomeIcon';

/** The answer of a diagnosis on one line. */
export const AnswerLine: FC<{ readonly report: Report }> = ({ report }) => {
  const t = useWords();
  const { headline, outcome } = useAnswerSays(report);
  if (outcome === undefined) return <Skeleton width="80%" screenreaderText={t('Checking')} />;
  return (
    <Flex flexWrap={{ default: 'nowrap' }} columnGap={{ default: 'columnGapSm' }} alignItems={{ default: 'alignItemsFlexStart' }}>
      <FlexItem><OutcomeIcon outcome={outcome} /></FlexItem>
      <FlexItem>{headline}</FlexItem>
    </Flex>
  );
};
