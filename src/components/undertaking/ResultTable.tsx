import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { type FC, useMemo, useState } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type OperationResult, type Outcome, type Plan } from '../../engine';
import { numberText } from '../../engine/format';
import { visible } from '../../engine/visible';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { OperationName } from './OperationName';
import { usePaged } from './usePaged';

/** Rows of a page. */
const PAGE = 20;

const OUTCOMES: Readonly<Partial<Record<OperationResult['state'], Outcome>>> = { accepted: 'pass', rejected: 'fail', changed: 'warn', unknown: 'unknown', notSent: 'notApplicable' };

type Shown = 'all' | 'failed' | 'left';
const SHOWN: Readonly<Record<Shown, readonly OperationResult['state'][] | undefined>> = {
  all: undefined, failed: ['rejected', 'unknown', 'changed'], left: ['waiting', 'sending', 'notSent'],
};

const ResultWords: FC<{ readonly result: OperationResult }> = ({ result }) => {
  const t = useWords();
  const words: Readonly<Record<OperationResult['state'], string>> = {
    waiting: t('waiting'), sending: t('under way'), accepted: t('done'), rejected: t('refused by the server'), notSent: t('not sent'),
    unknown: t('result unknown: the answer was lost, look at the object before trying again'), changed: t('not sent: it is not what was previewed any more'),
  };
  return <>{words[result.state]}{result.words ? ` “${visible(result.words, 500)}”` : ''}</>;
};

interface ResultTableProps {
  readonly plan: Plan;
  readonly results: readonly OperationResult[];
}

/** What became of each write. Many are shown a page at a time, and can be narrowed to those that failed or were not sent. */
export const ResultTable: FC<ResultTableProps> = ({ plan, results }) => {
  const t = useWords();
  const language = useLanguage();
  const [shown, setShown] = useState<Shown>('all');
  const operations = useMemo(() => new Map(plan.operations.map((operation) => [operation.id, operation])), [plan]);
  const of = (one: Shown) => results.filter(({ state }) => SHOWN[one]?.includes(state) ?? true);
  const { shown: rows, pager } = usePaged(of(shown), PAGE, t('Results'));
  const names: Readonly<Record<Shown, string>> = { all: t('All'), failed: t('Failed'), left: t('Not done yet') };
  return (
    <>
      {results.length > 1 && (
        <ToggleGroup aria-label={t('Results that are shown')}>
          {(['all', 'failed', 'left'] as const).map((one) => (
            <ToggleGroupItem key={one} buttonId={`results-${one}`} isSelected={shown === one} onChange={() => setShown(one)} text={t('{{name}} ({{number}})', { name: names[one], number: numberText(of(one).length, language) })} />
          ))}
        </ToggleGroup>
      )}
      <Table variant="compact" aria-label={t('Results')}>
        <Thead><Tr><Th>{t('Write')}</Th><Th>{t('Result')}</Th></Tr></Thead>
        <Tbody>
          {rows.map((result) => {
            const operation = operations.get(result.operation);
            const outcome = OUTCOMES[result.state];
            return (
              <Tr key={result.operation}>
                <Td dataLabel={t('Write')} modifier="breakWord">{operation && <OperationName operation={operation} />}</Td>
                <Td dataLabel={t('Result')} modifier="breakWord"><div>{outcome && <OutcomeIcon outcome={outcome} />} <ResultWords result={result} /></div></Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
      {rows.length === 0 && <p>{t('None.')}</p>}
      {pager}
    </>
  );
};
