import { type FC } from 'react';
import { useWords } from '../../console/text';
import { Instant } from '../message/Instant';
import { useAge } from '../message/useWritten';

interface CheckedWhenProps {
  /** ISO 8601, server time. */
  readonly at: string;
  readonly isLive?: boolean;
}

/** When the newest reading of a page was made, and whether it keeps up by itself. */
export const CheckedWhen: FC<CheckedWhenProps> = ({ at, isLive = false }) => {
  const t = useWords();
  const age = useAge()(at);
  return <Instant at={at}>{isLive ? t('checked {{age}}, live', { age }) : t('checked {{age}}', { age })}</Instant>;
};
