import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Operation } from '../../engine';
import { visible } from '../../engine/visible';
import { ObjectLink } from '../message/ObjectLink';
import { useHappens } from './useHappens';
import { usePaged } from './usePaged';

/** Rows of a page. */
const PAGE = 20;

/** What is written: each target with its page in the console and with what happens to it. */
export const TargetTable: FC<{ readonly operations: readonly Operation[]; readonly name: string }> = ({ operations, name }) => {
  const t = useWords();
  const happens = useHappens();
  const { shown, pager } = usePaged(operations, PAGE, name);
  return (
    <>
      <Table variant="compact" aria-label={name}>
        <Thead><Tr><Th modifier="fitContent">{t('Kind')}</Th><Th>{t('Name')}</Th><Th>{t('What happens')}</Th></Tr></Thead>
        <Tbody>
          {shown.map((operation) => (
            <Tr key={operation.id}>
              <Td dataLabel={t('Kind')}>{visible(operation.target.kind)}</Td>
              <Td dataLabel={t('Name')} modifier="breakWord">{operation.verb === 'create' ? visible([operation.target.namespace, operation.target.name].filter(Boolean).join('/')) : <ObjectLink object={operation.target} />}</Td>
              <Td dataLabel={t('What happens')} modifier="breakWord">{happens(operation)}{operation.afterAll ? ` ${t('Only once all the others are accepted.')}` : ''}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {pager}
    </>
  );
};
