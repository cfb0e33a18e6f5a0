import { Content, Skeleton, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type UndertakingState } from '../../engine';
import { Granting } from './Granting';
import { PermissionList } from './PermissionList';
import { PreviewItem } from './PreviewItem';
import { SavedLogs } from './SavedLogs';
import { usePaged } from './usePaged';
import { WebhookList } from './WebhookList';

/** Previews of a page. */
const PAGE = 5;

const isFine = ({ preview }: UndertakingState['previews'][number]): boolean => preview.outcome === 'accepted' || preview.outcome === 'localOnly';

const Previews: FC<{ readonly state: UndertakingState }> = ({ state: { plan, previews } }) => {
  const t = useWords();
  // What stands in the way comes first, whatever page it would be on.
  const { shown, pager } = usePaged(previews.toSorted((a, b) => Number(isFine(a)) - Number(isFine(b))), PAGE, t('Preview'));
  return (
    <>
      {plan?.selection && previews.length > 0 && <Content component="p">{t('Tried on the first object of each of {{count}} namespaces.', { count: previews.length })}</Content>}
      {shown.map(({ operation: id, preview }) => {
        const operation = plan?.operations.find((each) => each.id === id);
        return operation && <PreviewItem key={id} operation={operation} preview={preview} />;
      })}
      {pager}
    </>
  );
};

/** Whether the reader may do it, and what the server says it would do: nothing is stored by any of it. */
export const PreviewBody: FC<{ readonly state: UndertakingState }> = ({ state }) => {
  const t = useWords();
  const { permissions, phase, webhooks } = state;
  const mayAll = permissions.every(({ answer }) => answer === 'allowed');
  const refused = permissions.flatMap(({ answer, permission }) => (answer === 'refused' ? [permission] : []));
  return (
    <Stack hasGutter>
      <StackItem><PermissionList permissions={permissions} /></StackItem>
      {refused.length > 0 && <StackItem><Granting permissions={refused} /></StackItem>}
      <StackItem>
        {phase !== 'previewed' && mayAll && <Skeleton screenreaderText={t('Asking the server')} />}
        <Previews state={state} />
      </StackItem>
      {phase === 'previewed' && <StackItem><WebhookList webhooks={webhooks} /></StackItem>}
      {mayAll && state.plan?.saveFirst && <StackItem><SavedLogs state={state} /></StackItem>}
    </Stack>
  );
};
