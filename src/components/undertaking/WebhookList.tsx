import { Content, ExpandableSection, List, ListItem } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type PassedWebhook } from '../../engine';
import { visible } from '../../engine/visible';

const Webhook: FC<{ readonly webhook: PassedWebhook }> = ({ webhook: { name, service, mustAnswer } }) => {
  const t = useWords();
  const from = service === undefined ? t('outside the cluster') : visible(service, 200);
  return <><code>{visible(name, 200)}</code> ({from}): {mustAnswer ? t('without its answer the write is refused') : t('without its answer the write goes on')}</>;
};

/** The admission webhooks on the way of a write: what can refuse it, and what it depends on. `undefined`: they could not be read. */
export const WebhookList: FC<{ readonly webhooks: readonly PassedWebhook[] | undefined }> = ({ webhooks }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  if (!webhooks) return <Content component="p">{t('Which admission webhooks it passes is not known: you may not read all of their configurations. The preview passes them all the same.')}</Content>;
  if (webhooks.length === 0) return <Content component="p">{t('It passes no admission webhook.')}</Content>;
  return (
    <ExpandableSection isExpanded={isOpen} onToggle={(_, open) => setOpen(open)} toggleText={t('It may pass {{count}} admission webhooks', { count: webhooks.length })}>
      <List>{webhooks.map((webhook) => <ListItem key={`${webhook.name} ${webhook.service}`}><Webhook webhook={webhook} /></ListItem>)}</List>
    </ExpandableSection>
  );
};
