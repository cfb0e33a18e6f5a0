import { Label } from '@patternfly/react-core';
import { SeverityCriticalIcon, SeverityImportantIcon, SeverityMinorIcon } from '@patternfly/react-icons';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { visible } from '../../engine/visible';

/** The severity of an alert or of its rule, in the colours that the console gives them. */
export const SeverityLabel: FC<{ readonly severity: string | undefined }> = ({ severity }) => {
  const t = useWords();
  switch (severity) {
    case 'critical': return <Label isCompact color="red" icon={<SeverityCriticalIcon />}>{t('Critical')}</Label>;
    case 'warning': return <Label isCompact color="orange" icon={<SeverityImportantIcon />}>{t('Warning')}</Label>;
    case 'info': return <Label isCompact color="blue" icon={<SeverityMinorIcon />}>{t('Info')}</Label>;
    case undefined: return <Label isCompact variant="outline">{t('Severity unknown')}</Label>;
    // A rule may carry a severity of somebody's own making.
    default: return <Label isCompact variant="outline">{visible(severity, 40)}</Label>;
  }
};
