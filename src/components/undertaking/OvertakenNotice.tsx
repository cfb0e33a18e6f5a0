import { Button, List, ListItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Overtaken, type Target } from '../../engine';
import { MessageText } from '../message/MessageText';
import { ObjectLink } from '../message/ObjectLink';
import { Notice } from '../page/Notice';

/** Targets that are named; of more only the number is told. */
const NAMED = 10;

/** Names objects, and how many more there are. */
export const TargetNames: FC<{ readonly targets: readonly Target[] }> = ({ targets }) => {
  const t = useWords();
  return (
    <List>
      {targets.slice(0, NAMED).map((target) => <ListItem key={target.uid + target.name}>{target.kind} <ObjectLink object={target} /></ListItem>)}
      {targets.length > NAMED && <ListItem>{t('{{count}} more', { count: targets.length - NAMED })}</ListItem>}
    </List>
  );
};

interface OvertakenNoticeProps {
  readonly overtaken: Overtaken;
  readonly isSelection: boolean;
  readonly onLookAgain: () => void;
}

/** Somebody, or the cluster itself, changed what a plan is about after it was previewed: what, and the way to a new plan. */
export const OvertakenNotice: FC<OvertakenNoticeProps> = ({ overtaken: { changed, more, refused }, isSelection, onLookAgain }) => {
  const t = useWords();
  const again = <Button variant="link" isInline onClick={onLookAgain}>{t('Look again and make a new plan')}</Button>;
  if (refused) return <Notice isInline isLiveRegion variant="warning" component="h3" title={t('No such plan would be made any more')} actionLinks={again}><MessageText message={refused} /></Notice>;
  if (isSelection) {
    return (
      <Notice isInline isLiveRegion variant="info" component="h3" title={t('The cluster has moved on since the preview')} actionLinks={again}>
        {changed.length > 0 && t('{{count}} of the selected objects are gone or changed: they are left out.', { count: changed.length })}{' '}
        {more > 0 && t('{{count}} more objects would be selected now: they are no part of this plan.', { count: more })}
      </Notice>
    );
  }
  return (
    <Notice isInline isLiveRegion variant="warning" component="h3" title={t('It has changed since the preview')} actionLinks={again}>
      {t('Somebody else, or the cluster itself, changed what this plan is about. These would not be written:')}
      <TargetNames targets={changed} />
    </Notice>
  );
};
