import { Content, DescriptionList, Stack, StackItem } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Operation, type Plan, type Selection } from '../../engine';
import { numberText } from '../../engine/format';
import { visible } from '../../engine/visible';
import { Fact } from '../facts/Fact';
import { MessageText } from '../message/MessageText';
import { TargetTable } from './TargetTable';
import { usePaged } from './usePaged';

/** Namespaces of a page. */
const PAGE = 10;
/** Objects that are shown of a selection. */
const SAMPLE = 10;

/** How many operations there are in each namespace, most first. */
const countsOf = (operations: readonly Operation[]): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>();
  for (const { target: { namespace = '' } } of operations) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b));
};

/** Some of them, spread evenly over all. */
const sampled = (operations: readonly Operation[]): readonly Operation[] =>
  (operations.length <= SAMPLE ? operations : Array.from({ length: SAMPLE }, (_, place) => operations[Math.floor((place * operations.length) / SAMPLE)]!));

interface SelectionFactsProps {
  readonly plan: Plan;
  readonly selection: Selection;
}

/** A selection: what it takes in, how much of it is where, a sample, and when the sending stops by itself. */
export const SelectionFacts: FC<SelectionFactsProps> = ({ plan: { operations }, selection: { says, errorLimit } }) => {
  const t = useWords();
  const language = useLanguage();
  const counts = countsOf(operations);
  const { shown, pager } = usePaged(counts, PAGE, t('Namespaces'));
  const number = (value: number) => numberText(value, language);
  return (
    <Stack hasGutter>
      <StackItem>
        <DescriptionList isCompact orientation={{ lg: 'horizontal' }}>
          <Fact name={t('What is selected')}><MessageText message={says} /></Fact>
          <Fact name={t('How many')}>{t('{{objects}} in {{namespaces}}', { objects: t('{{count}} objects', { count: operations.length }), namespaces: t('{{count}} namespaces', { count: counts.length }) })}</Fact>
          <Fact name={t('Stops by itself')}>{errorLimit === 0 ? t('At the first one that fails.') : t('Once more than {{limit}} have failed.', { limit: number(errorLimit) })}</Fact>
          <Fact name={t('Changed meanwhile')}>{t('Each is written by its uid and version: one that is gone, or has changed by then, is left out.')}</Fact>
        </DescriptionList>
      </StackItem>
      {counts.length > 1 && <StackItem>
        <Table variant="compact" aria-label={t('By namespace')}>
          <Thead><Tr><Th>{t('Namespace')}</Th><Th>{t('Objects')}</Th></Tr></Thead>
          <Tbody>{shown.map(([namespace, count]) => <Tr key={namespace}><Td dataLabel={t('Namespace')} modifier="breakWord">{visible(namespace)}</Td><Td dataLabel={t('Objects')}>{number(count)}</Td></Tr>)}</Tbody>
        </Table>
        {pager}
      </StackItem>}
      <StackItem>
        {operations.length > SAMPLE && <Content component="p">{t('{{sample}} of {{all}}, spread over all of them:', { sample: number(SAMPLE), all: number(operations.length) })}</Content>}
        <TargetTable operations={sampled(operations)} name={t('Sample')} />
      </StackItem>
    </Stack>
  );
};
