import { Pagination } from '@patternfly/react-core';
import { type ReactNode, useState } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { numberText } from '../../engine/format';

/** One page of a list, so that never more rows are drawn than one looks at, and what turns the pages; nothing where one page holds all. `name` says of what. */
export const usePaged = <T,>(items: readonly T[], perPage: number, name: string): { readonly shown: readonly T[]; readonly pager: ReactNode } => {
  const t = useWords();
  const language = useLanguage();
  const [wanted, setPage] = useState(1);
  const page = Math.min(wanted, Math.max(1, Math.ceil(items.length / perPage)));
  const shown = items.slice((page - 1) * perPage, page * perPage);
  if (items.length <= perPage) return { shown: items, pager: null };
  const number = (value: number | undefined) => numberText(value ?? 0, language);
  const pager = (
    <Pagination
      isCompact perPageOptions={[]} perPage={perPage} page={page} itemCount={items.length} onSetPage={(_, next) => setPage(next)}
      toggleTemplate={({ firstIndex, lastIndex, itemCount }) => <>{t('{{first}}–{{last}} of {{all}}', { first: number(firstIndex), last: number(lastIndex), all: number(itemCount) })}</>}
      titles={{ paginationAriaLabel: t('Pages: {{name}}', { name }), toPreviousPageAriaLabel: t('Previous page: {{name}}', { name }), toNextPageAriaLabel: t('Next page: {{name}}', { name }) }}
    />
  );
  return { shown, pager };
};
