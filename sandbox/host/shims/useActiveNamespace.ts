import { useContext } from 'react';
import { NamespaceContext } from '../shell/contexts';

/** `[namespace, choose]`; `#ALL_NS#` for all. */
export const useActiveNamespace = (): [string, (namespace: string) => void] => useContext(NamespaceContext);
