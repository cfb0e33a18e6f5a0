import type { TimestampProps } from '@openshift-console/dynamic-plugin-sdk';
import { Tooltip } from '@patternfly/react-core';
import { GlobeAmericasIcon } from '@patternfly/react-icons';
import { useEffect, useState, type FC } from 'react';

// The console says "5 minutes ago" up to here, and the date from then on.
const RELATIVE_UP_TO = 10.5 * 60 * 1000;
const TICK = 10_000;

const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const utc = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'always' });

function textFor(instant: Date, now: number): string {
  const age = now - instant.getTime();
  if (age < 0 || age > RELATIVE_UP_TO) return absolute.format(instant);
  return age < 60_000 ? 'Just now' : relative.format(-Math.floor(age / 60_000), 'minute');
}

/** An instant: how long ago while that is short, else its date; UTC on hover. A dash for none or an invalid one. */
const Timestamp: FC<TimestampProps> = ({ timestamp, simple, className }) => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  const instant = new Date(timestamp ?? Number.NaN);
  if (!timestamp || Number.isNaN(instant.getTime())) return <span>-</span>;
  if (simple === true) return <>{textFor(instant, now)}</>;
  return (
    <span className={className}>
      <GlobeAmericasIcon />{' '}
      <Tooltip content={utc.format(instant)}>
        <span data-test="timestamp">{textFor(instant, now)}</span>
      </Tooltip>
    </span>
  );
};

export default Timestamp;
