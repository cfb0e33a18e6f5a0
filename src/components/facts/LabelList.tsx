import { Label, LabelGroup } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { visible } from '../../engine/visible';

/** Longest label value that is drawn; the whole stands in Observe. */
const VALUE_LIMIT = 200;

/** The labels of an alert, as Prometheus writes them. */
export const LabelList: FC<{ readonly labels: Readonly<Record<string, string>> }> = ({ labels }) => {
  const t = useWords();
  const hidden = Object.keys(labels).length - 6;
  return (
    <LabelGroup aria-label={t('Labels')} numLabels={6} collapsedText={t('{{count}} more labels', { count: hidden })} expandedText={t('Fewer labels')}>
      {Object.entries(labels).map(([name, value]) => <Label key={name} isCompact variant="outline" textMaxWidth="16rem">{`${visible(name, VALUE_LIMIT)}=${visible(value, VALUE_LIMIT)}`}</Label>)}
    </LabelGroup>
  );
};
