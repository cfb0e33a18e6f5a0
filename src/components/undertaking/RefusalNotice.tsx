import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type UndertakingState } from '../../engine';
import { MissingList } from '../command/MissingList';
import { MessageText } from '../message/MessageText';
import { LinkButton } from '../page/LinkButton';
import { Notice } from '../page/Notice';

interface RefusalNoticeProps {
  readonly refused: NonNullable<UndertakingState['refused']>;
  readonly runbookHref: string;
}

/** No plan is made: why, and the way back to the evidence. */
export const RefusalNotice: FC<RefusalNoticeProps> = ({ refused: { says, missing }, runbookHref }) => {
  const t = useWords();
  return (
    <Notice isInline variant="info" component="h2" title={t('There is nothing to carry out')} actionLinks={<LinkButton variant="link" isInline href={runbookHref}>{t('To the runbook')}</LinkButton>}>
      <MessageText message={says} />
      {missing.length > 0 && <MissingList missing={missing} />}
    </Notice>
  );
};
