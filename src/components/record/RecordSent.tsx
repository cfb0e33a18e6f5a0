import { List, ListItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Became, type MitigationRecord, type Operation, type OperationResult, type Outcome, resultSays } from '../../engine';
import { numberText } from '../../engine/format';
import { visible } from '../../engine/visible';
import { MessageText } from '../message/MessageText';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { OperationName } from '../undertaking/OperationName';
import { usePaged } from '../undertaking/usePaged';

/** Lines of a page. */
const PAGE = 20;

const BECAME: Readonly<Record<Became['state'], Outcome>> = { done: 'pass', notDone: 'warn', unknown: 'unknown' };

interface RecordSentProps {
  readonly record: MitigationRecord;
  /** What was read of the objects since. */
  readonly became: ReadonlyMap<string, Became>;
}

interface LineProps {
  readonly operation: Operation | undefined;
  readonly result: Pick<OperationResult, 'operation' | 'state' | 'words'>;
  readonly became: Became | undefined;
}

const Line: FC<LineProps> = ({ operation, result, became }) => {
  const t = useWords();
  return (
    <>
      {operation ? <OperationName operation={operation} /> : visible(result.operation, 200)}: <MessageText message={resultSays(result)} />{result.words ? ` “${visible(result.words, 500)}”` : ''}
      {became && <div><OutcomeIcon outcome={BECAME[became.state]} /> {t('Read again now:')} <MessageText message={became.says} /></div>}
    </>
  );
};

const Counts: FC<{ readonly selection: NonNullable<MitigationRecord['selection']> }> = ({ selection: { says, namespaces, ends } }) => {
  const t = useWords();
  const language = useLanguage();
  const number = (value: number) => numberText(value, language);
  const { shown, pager } = usePaged(Object.entries(namespaces).sort(([, a], [, b]) => b - a), PAGE, t('Namespaces'));
  return (
    <>
      <p><MessageText message={says} /></p>
      <List isPlain>{(Object.entries(ends) as [OperationResult['state'], number][]).map(([state, count]) => <ListItem key={state}><MessageText message={resultSays({ state })} />: {number(count)}</ListItem>)}</List>
      <p>{t('Selected, by namespace:')} {shown.map(([namespace, count]) => `${visible(namespace)}: ${number(count)}`).join(' · ')}</p>
      {pager}
    </>
  );
};

/** What was sent, and what became of it: each write, or of a selection how many ended how and those that did not succeed. */
export const RecordSent: FC<RecordSentProps> = ({ record: { plan, results, selection }, became }) => {
  const t = useWords();
  const known = new Map(plan.operations.map((operation) => [operation.id, operation]));
  const seen = new Map(results.map((result) => [result.operation, result]));
  const lines = selection ? results : plan.operations.map(({ id }) => seen.get(id) ?? { operation: id, state: 'notSent' as const });
  const { shown, pager } = usePaged(lines, PAGE, t('Results'));
  return (
    <>
      {selection && <Counts selection={selection} />}
      <List isPlain>{shown.map((result) => <ListItem key={result.operation}><Line operation={known.get(result.operation)} result={result} became={became.get(result.operation)} /></ListItem>)}</List>
      {pager}
    </>
  );
};
