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
  switch (operation.verb) {
    case 'delete': return <>{t('Delete {{kind}} {{name}}', { kind, name })}</>;
    case 'evict': return <>{t('Evict {{kind}} {{name}}', { kind, name })}</>;
    case 'create': return <>{t('Create {{kind}} {{name}}', { kind, name })}</>;
    case 'call': return <>{t('Call {{subresource}} of {{kind}} {{name}}', { subresource: operation.subresource, kind, name })}</>;
    case 'patch': return <>{operation.subresource ? t('Scale {{kind}} {{name}}', { kind, name }) : t('Change {{kind}} {{name}}', { kind, name })}</>;
    default: return operation satisfies never;
  }
};
