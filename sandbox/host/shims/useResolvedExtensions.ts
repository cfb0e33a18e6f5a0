import {
  useResolvedExtensions as useResolved,
  type Extension,
  type LoadedAndResolvedExtension,
  type useExtensions,
} from '@openshift/dynamic-plugin-sdk';
import { useMemo } from 'react';
import { useTranslatedExtensions, type ExtensionGuard } from '../plugins/extensions';

/**
 * The console's hook: the extensions that any of the guards picks, translated, with their code loaded. `[extensions,
 * resolved, errors]`; an extension whose code cannot be loaded is left out.
 */
export function useResolvedExtensions<E extends Extension>(
  ...guards: ExtensionGuard<E>[]
): [LoadedAndResolvedExtension<E>[], boolean, unknown[]] {
  const translated = useTranslatedExtensions(...guards);
  const options = useMemo(() => ({ useExtensionsImpl: (() => translated) as unknown as typeof useExtensions }), [translated]);
  return useResolved<E>(undefined, options);
}
