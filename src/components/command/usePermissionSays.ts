import { useWords } from '../../console/text';
import { type Permission } from '../../engine';
import { visible } from '../../engine/visible';
import { permissionText } from '../../engine/permissionText';

/** A function that says who could do what the reader may not. */
export const usePermissionSays = (): ((permission: Permission) => string) => {
  const t = useWords();
  return (permission) => {
    const can = permissionText(permission);
    return permission.namespace === undefined
      ? t('You may not {{can}} in all namespaces: ask somebody who can.', { can })
      : t('You may not {{can}} in {{namespace}}: ask somebody who can.', { can, namespace: visible(permission.namespace) });
  };
};
