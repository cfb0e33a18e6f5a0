import { createContext } from 'react';

/** The project that the user works in; `#ALL_NS#` (the console's word) for all. */
export const ALL_NAMESPACES = '#ALL_NS#';

/** `[namespace, choose]`: choosing also moves to the same page of the other project. */
export const NamespaceContext = createContext<[string, (namespace: string) => void]>([ALL_NAMESPACES, () => undefined]);

/** `[id, choose]`: choosing also moves to `next`, or else to where the perspective begins. */
export const PerspectiveContext = createContext<[string, (perspective: string, next?: string) => void]>(['admin', () => undefined]);
