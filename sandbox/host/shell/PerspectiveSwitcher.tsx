import type { Perspective } from '@openshift-console/dynamic-plugin-sdk';
import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { useContext, useState, type FC } from 'react';
import { ofType, useTranslatedExtensions } from '../plugins/extensions';
import { PerspectiveContext } from './contexts';

/** Guard of the perspectives that plugins, and the console itself, contribute. */
export const isPerspective = ofType<Perspective>('console.perspective');

/** Chooses the perspective; nothing to see while there is only one. */
export const PerspectiveSwitcher: FC = () => {
  const perspectives = useTranslatedExtensions(isPerspective);
  const [active, choose] = useContext(PerspectiveContext);
  const [isOpen, setOpen] = useState(false);
  if (perspectives.length < 2) return null;
  const name = perspectives.find(({ properties }) => properties.id === active)?.properties.name ?? active;
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setOpen}
      selected={active}
      onSelect={(_, id) => {
        setOpen(false);
        if (id !== active) choose(String(id));
      }}
      toggle={(ref) => (
        <MenuToggle ref={ref} isFullWidth isExpanded={isOpen} onClick={() => setOpen(!isOpen)} data-test="perspective-switcher-toggle">
          {name}
        </MenuToggle>
      )}
    >
      <SelectList aria-label="Perspectives">
        {perspectives.map(({ uid, properties }) => (
          <SelectOption key={uid} value={properties.id} data-test="perspective-switcher-menu-option">
            {properties.name}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
};
