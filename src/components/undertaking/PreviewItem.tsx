import { Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Change, type Operation, type Outcome, type Preview } from '../../engine';
import { visible } from '../../engine/visible';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { OperationName } from './OperationName';

const OUTCOMES: Readonly<Record<Preview['outcome'], Outcome>> = { accepted: 'pass', localOnly: 'info', rejected: 'fail', blocked: 'fail', unknown: 'unknown' };

const Changes: FC<{ readonly changes: readonly Change[]; readonly name: string }> = ({ changes, name }) => {
  const t = useWords();
  const valueText = (value: unknown): string => (value === undefined ? t('not set') : visible(typeof value === 'string' ? value : JSON.stringify(value), 500));
  return (
    <Table variant="compact" aria-label={name}>
      <Thead><Tr><Th>{t('Field')}</Th><Th>{t('Now')}</Th><Th>{t('Then')}</Th></Tr></Thead>
      <Tbody>
        {changes.map(({ path, from, to }) => (
          <Tr key={path}><Td dataLabel={t('Field')} modifier="breakWord"><code>{visible(path)}</code></Td><Td dataLabel={t('Now')} modifier="breakWord">{valueText(from)}</Td><Td dataLabel={t('Then')} modifier="breakWord">{valueText(to)}</Td></Tr>
        ))}
      </Tbody>
    </Table>
  );
};

/** What the preview of one write came to, in its five honest outcomes. */
export const PreviewItem: FC<{ readonly operation: Operation; readonly preview: Preview }> = ({ operation, preview }) => {
  const t = useWords();
  const sentence = (): string => {
    switch (preview.outcome) {
      case 'accepted': return operation.verb === 'delete' ? t('Tried without storing it: the server would delete it. No other object changes.') : t('Tried without storing it: the server would accept it.');
      case 'localOnly': return t('The server cannot try it: “{{words}}”. The change below is computed by this page.', { words: visible(preview.words, 500) });
      case 'rejected': return t('The server refuses it: “{{words}}”', { words: visible(preview.words, 500) });
      case 'blocked': return t('It passes the webhook {{webhook}}, which does not answer. Repair that first: “{{words}}”', { webhook: visible(preview.webhook), words: visible(preview.words, 500) });
      case 'unknown': return t('The server gave no answer that can be relied on: “{{words}}”', { words: visible(preview.words, 500) });
      default: return preview satisfies never;
    }
  };
  const changes = 'changes' in preview ? preview.changes : [];
  const also = 'also' in preview ? preview.also : [];
  return (
    <>
      <Content component="p"><OutcomeIcon outcome={OUTCOMES[preview.outcome]} /> <OperationName operation={operation} />: {sentence()}</Content>
      {changes.length > 0 && <Changes changes={changes} name={t('Fields that change')} />}
      {also.length > 0 && (
        <>
          <Content component="p">{t('The server also changes, by its defaults or by a webhook:')}</Content>
          <Changes changes={also} name={t('Fields that the server also changes')} />
        </>
      )}
    </>
  );
};
