import { DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';

/** One named fact of a description list. */
export const Fact: FC<{ readonly name: string; readonly children: ReactNode }> = ({ name, children }) => (
  <DescriptionListGroup>
    <DescriptionListTerm>{name}</DescriptionListTerm>
    <DescriptionListDescription>{children}</DescriptionListDescription>
  </DescriptionListGroup>
);
