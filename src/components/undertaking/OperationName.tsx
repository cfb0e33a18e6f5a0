import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type Operation } from '../../engine';
import { objectText } from '../message/useWritten';
import { visible } from '../../engine/visible';

/** One write in words: what is done to which object. */
export const OperationName: FC<{ readonly operation: Operation }> = ({ operation }) => {
  const t = useWords();
  const kind = visible(operation.target.kind);
  const name = objectText(operation.target);
  if (operation.verb === 'delete') return <>{t('Delete {{kind}} {{name}}', { kind, name })}</>;
  return <>{operation.subresource === 'scale' ? t('Scale {{kind}} {{name}}', { kind, name }) : t('Change {{kind}} {{name}}', { kind, name })}</>;
};
