import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { visible } from '../../engine/visible';

type Labels = Readonly<Record<string, string>>;

interface InstanceSelectProps {
  /** Labels of every instance that fires or is pending. */
  readonly instances: readonly Labels[];
  /** The one that the page is about; undefined if it fires no longer. */
  readonly current: Labels | undefined;
  readonly onSelect: (labels: Labels) => void;
}

/** What tells an instance from the others: the values of the labels that are not the same everywhere. */
export const instanceName = (labels: Labels, all: readonly Labels[]): string => {
  const telling = Object.entries(labels).filter(([name, value]) => all.some((other) => other[name] !== value));
  return telling.map(([, value]) => visible(value, 60)).join(' · ');
};

/** Chooses between several firing instances of one alert, each with an address of its own. */
export const InstanceSelect: FC<InstanceSelectProps> = ({ instances, current, onSelect }) => {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const nameOf = (labels: Labels) => instanceName(labels, instances) || t('without labels that differ');
  if (instances.length < (current ? 2 : 1)) return null;
  const name = current ? nameOf(current) : t('Choose an instance');
  return (
    <Select
      isOpen={isOpen} onOpenChange={setOpen} selected={current ? instances.indexOf(current) : -1} isScrollable
      onSelect={(_, value) => {
        setOpen(false);
        const chosen = instances[Number(value)];
        if (chosen) onSelect(chosen);
      }}
      toggle={(ref) => <MenuToggle ref={ref} isExpanded={isOpen} onClick={() => setOpen(!isOpen)} aria-label={t('Instance: {{name}}', { name })}>{name}</MenuToggle>}
    >
      <SelectList>{instances.map((labels, place) => <SelectOption key={JSON.stringify(labels)} value={place}>{nameOf(labels)}</SelectOption>)}</SelectList>
    </Select>
  );
};
