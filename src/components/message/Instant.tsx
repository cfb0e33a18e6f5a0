import { Timestamp } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { useLanguage } from '../../console/text';
import { instantText } from './format';
import { useAge } from './useWritten';
import { visible } from './visible';

interface InstantProps {
  /** ISO 8601. */
  readonly at: string;
  /** A sentence that tells the age itself; absent: the age alone. */
  readonly children?: ReactNode;
}

/** An instant: how long ago it was, and the absolute time on hover and focus. */
export const Instant: FC<InstantProps> = ({ at, children }) => {
  const age = useAge();
  const language = useLanguage();
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{children ?? visible(at)}</>;
  return <Timestamp date={date} tooltip={{ variant: 'custom', content: instantText(date.getTime(), language) }}>{children ?? age(at)}</Timestamp>;
};
