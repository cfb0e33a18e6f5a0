import { useCallback } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Operation, changesOf } from '../../engine';
import { listText } from '../../engine/format';
import { visible } from '../../engine/visible';

/** A function that says what an operation does to its target, where the target itself stands beside it. */
export const useHappens = (): ((operation: Operation) => string) => {
  const t = useWords();
  const language = useLanguage();
  return useCallback((operation) => {
    switch (operation.verb) {
      case 'delete': return t('It is deleted.');
      case 'evict': return t('It is evicted, as far as its disruption budget allows.');
      case 'create': return t('It is created.');
      case 'call': return t('Its subresource {{subresource}} is called.', { subresource: operation.subresource });
      case 'patch': {
        const fields = changesOf(operation).map(({ path, to }) => (to === undefined ? t('{{field}} is removed', { field: visible(path, 200) }) : t('{{field}} becomes {{value}}', { field: visible(path, 200), value: visible(typeof to === 'string' ? to : JSON.stringify(to), 100) })));
        return listText(fields, language);
      }
      default: return operation satisfies never;
    }
  }, [t, language]);
};
