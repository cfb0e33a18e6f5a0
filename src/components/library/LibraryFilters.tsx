import { MenuToggle, SearchInput, Select, SelectList, SelectOption, Toolbar, ToolbarContent, ToolbarFilter, ToolbarItem, ToolbarToggleGroup } from '@patternfly/react-core';
import { FilterIcon } from '@patternfly/react-icons';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type LibraryQuery } from './entry';
import { useTyped } from './useTyped';

interface Choice {
  readonly value: string;
  readonly name: string;
}

interface LibraryFiltersProps {
  readonly query: LibraryQuery;
  readonly components: readonly string[];
  readonly count: number;
  /** Our own parameters of the address to change. */
  readonly onChange: (own: Readonly<Record<string, string>>) => void;
}

interface ChoiceFilterProps {
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const ChoiceFilter: FC<ChoiceFilterProps> = ({ name, choices, value, onChange }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const chosen = choices.find((choice) => choice.value === value);
  const labels = value === '' ? [] : [chosen?.name ?? value];
  return (
    <ToolbarFilter categoryName={name} labels={labels} deleteLabel={() => onChange('')}>
      <Select
        isOpen={isOpen} onOpenChange={setOpen} selected={value}
        onSelect={(_, next) => {
          setOpen(false);
          onChange(String(next));
        }}
        toggle={(ref) => <MenuToggle ref={ref} isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>{name}</MenuToggle>}
      >
        <SelectList>
          <SelectOption value="">{t('All')}</SelectOption>
          {choices.map((choice) => <SelectOption key={choice.value} value={choice.value}>{choice.name}</SelectOption>)}
        </SelectList>
      </Select>
    </ToolbarFilter>
  );
};

/** Search and filters of the library. What is chosen stands in the address. */
export const LibraryFilters: FC<LibraryFiltersProps> = ({ query, components, count, onChange }) => {
  const t = useWords();
  const [typed, type] = useTyped(query.text, (text) => onChange({ 'find-text': text }));
  const severities = [{ value: 'critical', name: t('Critical') }, { value: 'warning', name: t('Warning') }, { value: 'info', name: t('Info') }];
  const states = [{ value: 'firing', name: t('Firing') }, { value: 'quiet', name: t('Not firing') }];
  return (
    <Toolbar clearAllFilters={() => onChange({ 'find-text': '', 'only-component': '', 'only-severity': '', 'only-state': '' })} clearFiltersButtonText={t('Clear all filters')}>
      <ToolbarContent>
        <ToolbarItem>
          <SearchInput
            aria-label={t('Search by name, former name, component or summary')} placeholder={t('Search')} value={typed}
            onChange={(_, text) => type(text)} onClear={() => type('')} resetButtonLabel={t('Clear the search')}
          />
        </ToolbarItem>
        <ToolbarToggleGroup toggleIcon={<FilterIcon />} breakpoint="lg">
          <ChoiceFilter name={t('State')} choices={states} value={query.state} onChange={(value) => onChange({ 'only-state': value })} />
          <ChoiceFilter name={t('Severity')} choices={severities} value={query.severity} onChange={(value) => onChange({ 'only-severity': value })} />
          <ChoiceFilter name={t('Component')} choices={components.map((value) => ({ value, name: value }))} value={query.group} onChange={(value) => onChange({ 'only-component': value })} />
        </ToolbarToggleGroup>
        <ToolbarItem alignSelf="center"><span role="status">{t('{{count}} alerts', { count })}</span></ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  );
};
