import type { DocumentTitleProps } from '@openshift-console/dynamic-plugin-sdk';
import { useEffect, type FC } from 'react';
import { serverFlags } from '../serverFlags';

/** Names the browser's tab, with the product after it, for as long as it is mounted. */
export const DocumentTitle: FC<DocumentTitleProps> = ({ children }) => {
  const title = String(children);
  useEffect(() => {
    const { customProductName } = serverFlags();
    document.title = `${title} · ${customProductName}`;
    return () => {
      document.title = customProductName;
    };
  }, [title]);
  return null;
};
