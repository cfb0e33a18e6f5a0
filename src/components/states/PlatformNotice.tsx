import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { MessageText } from '../message/MessageText';
import { Notice } from '../page/Notice';

/** Says on top of a page that virtualization is not installed, or that nobody can tell which installation counts. */
export const PlatformNotice: FC<{ readonly installed: StepReport | undefined }> = ({ installed }) => {
  const t = useWords();
  if (!installed?.says) return null;
  switch (installed.reason) {
    case 'absent': case 'notServed':
      return <Notice isInline variant="warning" component="h2" title={t('Virtualization is not installed')}><MessageText message={installed.says} /></Notice>;
    case 'several':
      return <Notice isInline variant="warning" component="h2" title={t('There is more than one KubeVirt object')}><MessageText message={installed.says} /></Notice>;
    default: return null;
  }
};
