import { Button, Flex, Tooltip } from '@patternfly/react-core';
import { type FC } from 'react';
import { Link, useAddress } from '../../console/address';
import { placeHref } from '../../console/places';
import { useWords } from '../../console/text';
import { type MitigationReport } from '../../engine';
import { useWritten } from '../message/useWritten';
import { LinkButton } from '../page/LinkButton';

interface MitigationActionProps {
  readonly mitigation: MitigationReport;
  readonly isUnsupported: boolean;
  readonly href: string;
  readonly onDownload: () => void;
  /** Absent if its details stand open already. */
  readonly onOpen?: () => void;
}

/** The one deed of a mitigation. Without evidence for it, it is disabled with the reason, and the way to look at it stays open. */
export const MitigationAction: FC<MitigationActionProps> = ({ mitigation, isUnsupported, href, onDownload, onOpen }) => {
  const t = useWords();
  const name = useWritten()(mitigation.title);
  const { namespace, alertname, labels } = useAddress();
  const place = mitigation.place ? placeHref(mitigation.place, namespace, { alertname, ...labels }) : undefined;
  if (isUnsupported && mitigation.mode === 'execute') {
    return (
      <Flex columnGap={{ default: 'columnGapSm' }}>
        <Tooltip content={t('Nothing that was found speaks for it. Look at it to see what it would do.')}>
          <Button variant="secondary" isAriaDisabled aria-label={t('Do it: {{name}}', { name })}>{t('Do it')}</Button>
        </Tooltip>
        <Link to={href} aria-label={t('Look at it anyway: {{name}}', { name })}>{t('Look at it anyway')}</Link>
      </Flex>
    );
  }
  switch (mitigation.mode) {
    case 'execute':
      return <LinkButton variant="primary" href={href} aria-label={t('Do it: {{name}}', { name })}>{t('Do it')}</LinkButton>;
    case 'navigate':
      return place === undefined ? null : <Link to={place} aria-label={t('Open the page for it: {{name}}', { name })}>{t('Open the page for it')}</Link>;
    case 'support':
      return <Button variant="secondary" onClick={onDownload} aria-label={t('Download what support asks for: {{name}}', { name })}>{t('Download')}</Button>;
    case 'commands':
      return onOpen && <Button variant="link" isInline onClick={onOpen} aria-label={t('Show the commands: {{name}}', { name })}>{t('Show the commands')}</Button>;
    case 'manual':
      return onOpen && <Button variant="link" isInline onClick={onOpen} aria-label={t('Show what to do: {{name}}', { name })}>{t('Show what to do')}</Button>;
    default: return mitigation.mode satisfies never;
  }
};
