import { Button, Flex } from '@patternfly/react-core';
import { AngleLeftIcon, AngleRightIcon } from '@patternfly/react-icons';
import { type ReactNode, useState } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { numberText } from '../../engine/format';

/**
 * One page of a list, so that never more rows are drawn than one looks at, and what turns the pages; nothing where one page holds all. `name` says of
 * what. PatternFly's own pager brings a menu along that costs more than the rest of the page may.
 */
export const usePaged = <T,>(items: readonly T[], perPage: number, name: string): { readonly shown: readonly T[]; readonly pager: ReactNode } => {
  const t = useWords();
  const language = useLanguage();
  const [wanted, setPage] = useState(0);
  if (items.length <= perPage) return { shown: items, pager: null };
  const last = Math.ceil(items.length / perPage) - 1;
  const page = Math.min(wanted, last);
  const end = Math.min(items.length, (page + 1) * perPage);
  const number = (value: number) => numberText(value, language);
  const pager = (
    <Flex role="group" aria-label={t('Pages: {{name}}', { name })} columnGap={{ default: 'columnGapSm' }} alignItems={{ default: 'alignItemsCenter' }}>
      <Button variant="plain" icon={<AngleLeftIcon />} aria-label={t('Previous page: {{name}}', { name })} isAriaDisabled={page === 0} onClick={() => setPage(page - 1)} />
      <span role="status">{t('{{first}}–{{last}} of {{all}}', { first: number(page * perPage + 1), last: number(end), all: number(items.length) })}</span>
      <Button variant="plain" icon={<AngleRightIcon />} aria-label={t('Next page: {{name}}', { name })} isAriaDisabled={page === last} onClick={() => setPage(page + 1)} />
    </Flex>
  );
  return { shown: items.slice(page * perPage, end), pager };
};
