import { Button, Checkbox, Flex, SearchInput } from '@patternfly/react-core';
import { type FC, useId, useState } from 'react';
import { useWords } from '../../console/text';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';
import { type FieldProps } from './ChoiceField';
import { usePaged } from './usePaged';

/** Options above which a part of their names can be searched for. */
const MANY = 10;
/** Options of a page. */
const PAGE = 20;

/** Some of a list, at least one. A long list can be searched, and what is found be picked together. */
export const SomeField: FC<FieldProps<'some'>> = ({ choice: { options, asks }, value, onPick }) => {
  const t = useWords();
  const written = useWritten();
  const id = useId();
  const [wanted, setWanted] = useState('');
  const name = written(asks);
  const picked = new Set(value.split(','));
  const found = options.filter((option) => written(option.label).toLowerCase().includes(wanted.trim().toLowerCase()));
  const { shown, pager } = usePaged(found, PAGE, name);
  const pick = (values: ReadonlySet<string>): void => {
    const next = options.filter((option) => values.has(option.value));
    // None would be taken for the author's own choice.
    if (next.length > 0) onPick(next.map((option) => option.value).join(','));
  };
  const toggled = (one: string): ReadonlySet<string> => new Set(picked.has(one) ? [...picked].filter((each) => each !== one) : [...picked, one]);
  const isLast = (one: string): boolean => picked.size === 1 && picked.has(one);
  return (
    <>
      {options.length > MANY && (
        <Flex>
          <SearchInput aria-label={t('Search: {{name}}', { name })} resetButtonLabel={t('Clear')} value={wanted} onChange={(_, text) => setWanted(text)} onClear={() => setWanted('')} />
          <Button variant="link" isInline isDisabled={found.length === 0} onClick={() => pick(new Set([...picked, ...found.map((option) => option.value)]))}>{wanted ? t('Pick all that are found') : t('Pick all')}</Button>
          {wanted && <Button variant="link" isInline isDisabled={found.length === 0} onClick={() => pick(new Set(found.map((option) => option.value)))}>{t('Pick only what is found')}</Button>}
        </Flex>
      )}
      {shown.map((option) => (
        <Checkbox
          key={option.value} id={`${id}-${option.value}`} label={<MessageText message={option.label} />} isChecked={picked.has(option.value)} isDisabled={isLast(option.value)}
          onChange={() => pick(toggled(option.value))} {...(option.hint ? { description: <MessageText message={option.hint} /> } : {})}
        />
      ))}
      {pager}
      <small>{t('{{picked}} of {{all}} are picked; at least one stays so.', { picked: options.filter((option) => picked.has(option.value)).length, all: options.length })}</small>
    </>
  );
};
