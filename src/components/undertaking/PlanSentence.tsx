import { Button, Skeleton } from '@patternfly/react-core';
import { type FC, useEffect, useState } from 'react';
import { useWords } from '../../console/text';
import { type UndertakingState } from '../../engine';
import { MessageText } from '../message/MessageText';
import { Notice } from '../page/Notice';
import './PlanSentence.css';

interface PlanSentenceProps {
  readonly state: Pick<UndertakingState, 'plan' | 'phase' | 'results'>;
  readonly onStop: () => void;
}

const Stop: FC<PlanSentenceProps> = ({ state: { results }, onStop }) => {
  const t = useWords();
  const [isStopping, setStopping] = useState(false);
  const awaited = results.filter(({ state }) => state === 'sending').length;
  return (
    <>
      <Button variant="danger" isAriaDisabled={isStopping} onClick={() => { setStopping(true); onStop(); }}>{t('Stop sending')}</Button>
      {isStopping && <span role="status"> {t('Stopping. Nothing more is sent; answers still awaited: {{awaited}}.', { awaited })}</span>}
    </>
  );
};

/** The whole of a plan in one sentence, in view at all times; while it runs, with the button that stops it. */
export const PlanSentence: FC<PlanSentenceProps> = ({ state, onStop }) => {
  const { plan, phase } = state;
  const t = useWords();
  // Said again when something was picked, but not when the page opens: then it is read with the page.
  const [isLive, setLive] = useState(false);
  const isThere = plan !== undefined;
  useEffect(() => setLive(isThere), [isThere]);
  if (!plan) return <Skeleton height="3.5rem" screenreaderText={t('Reading')} />;
  return (
    <Notice isInline isLiveRegion={isLive} variant="info" component="h2" title={<MessageText message={plan.sentence} />} actionLinks={phase === 'running' && <Stop state={state} onStop={onStop} />} />
  );
};
