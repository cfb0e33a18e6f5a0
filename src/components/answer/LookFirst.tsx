import { CardBody } from '@patternfly/react-core';
import { type FC } from 'react';
import { Link } from '../../console/address';
import { useWords } from '../../console/text';
import { type Report, lookFirst } from '../../engine';
import { MessageText } from '../message/MessageText';

interface LookFirstProps {
  readonly report: Report;
  /** The address of an alert's runbook, or undefined where there is none. */
  readonly hrefOf: (alert: string) => string | undefined;
}

/** Says that another firing alert comes before this one, and leads there. Nothing where none does. */
export const LookFirst: FC<LookFirstProps> = ({ report, hrefOf }) => {
  const t = useWords();
  const says = lookFirst(report);
  if (!says) return null;
  const links = report.alert.causedBy.flatMap(({ alert }) => {
    const href = hrefOf(alert);
    return href === undefined ? [] : [<span key={alert}> <Link to={href}>{t('Open the runbook {{alert}}', { alert })}</Link></span>];
  });
  return <CardBody isFilled={false}><MessageText message={says} />{links}</CardBody>;
};
