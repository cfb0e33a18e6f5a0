import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Rows } from '../../engine';
import { visible } from '../../engine/visible';
import './Rows.css';

type LogRowsProps = Extract<Rows, { of: 'log' }> & { readonly name: string };

/** Lines of logs, each with where and when it was written; those that the finding rests on are marked. */
export const LogRows: FC<LogRowsProps> = ({ lines, more = 0, name }) => {
  const t = useWords();
  return (
    <>
      <div className="virt-runbooks__log" tabIndex={0} role="region" aria-label={t('Log lines: {{name}}', { name })}>
        {lines.map(({ from, at, text, marked }, place) => {
          const line = <><span className="virt-runbooks__log-origin">{visible([from, at].filter(Boolean).join(' '))}</span> {visible(text, 500)}</>;
          return <div key={place}>{marked ? <mark className="virt-runbooks__log-mark">{line}</mark> : line}</div>;
        })}
      </div>
      {more > 0 && <small>{t('{{count}} more are not shown', { count: more })}</small>}
    </>
  );
};
