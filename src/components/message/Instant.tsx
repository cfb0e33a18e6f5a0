import { Timestamp, Tooltip } from '@patternfly/react-core';
import { type FC, type ReactNode, useRef } from 'react';
import { useLanguage } from '../../console/text';
import { instantText } from '../../engine/format';
import { useAge } from './useWritten';
import { visible } from '../../engine/visible';
import './Instant.css';

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
  const trigger = useRef<HTMLSpanElement>(null);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{children ?? visible(at)}</>;
  // A tooltip around its trigger is a block element, which must not stand in a paragraph; beside it, it is none.
  return (
    <>
      <span ref={trigger} tabIndex={0} className="virt-runbooks__instant"><Timestamp date={date}>{children ?? age(at)}</Timestamp></span>
      <Tooltip triggerRef={trigger} content={instantText(date.getTime(), language)} />
    </>
  );
};
