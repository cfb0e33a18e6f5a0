import { Alert, type AlertProps } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';

type NoticeProps = Omit<AlertProps, 'variant' | 'variantLabel'> & { readonly variant: 'danger' | 'warning' | 'success' | 'info' };

/** PatternFly's Alert, which tells a screen reader in English what kind of alert it is: here in the reader's language, and not called an alert. */
export const Notice: FC<NoticeProps> = ({ variant, ...props }) => {
  const t = useWords();
  const kinds = { danger: t('Problem:'), warning: t('Warning:'), success: t('Fine:'), info: t('Note:') };
  return <Alert {...props} variant={variant} variantLabel={kinds[variant]} />;
};
