import { cloneDeepOnlyCloneableValues, useExtensions, type Extension, type LoadedExtension } from '@openshift/dynamic-plugin-sdk';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverFlags } from '../serverFlags';

/** Picks the extensions of one kind. */
export type ExtensionGuard<E extends Extension> = (extension: Extension) => extension is E;

/** A guard for one extension type; the type says which properties it has. */
export const ofType =
  <E extends Extension>(type: E['type']): ExtensionGuard<E> =>
  (extension): extension is E =>
    extension.type === type;

// `%namespace~Text%`: how a manifest marks a text to be translated.
const MARKED = /^%(.+)%$/s;

function translateIn(value: unknown, t: TFunction): unknown {
  if (typeof value === 'string') {
    const key = MARKED.exec(value)?.[1];
    return key === undefined ? value : t(key);
  }
  if (Array.isArray(value)) return value.map((part) => translateIn(part, t));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, translateIn(part, t)]));
  }
  return value;
}

/**
 * The extensions in use that any of the guards picks, with their marked texts translated. The array stays the same as
 * long as its members do, so guards may be written inline, as with the console's hook.
 */
export function useTranslatedExtensions<E extends Extension>(...guards: ExtensionGuard<E>[]): LoadedExtension<E>[] {
  const all = useExtensions();
  const picked = all.filter((extension) => guards.some((guard) => guard(extension)));
  const [stable, setStable] = useState<LoadedExtension[]>(picked);
  const isSame = picked.length === stable.length && picked.every((extension, index) => extension === stable[index]);
  if (!isSame) setStable(picked);
  const { t, i18n } = useTranslation(serverFlags().i18nNamespaces);
  const { language } = i18n;
  return useMemo(
    // The language is a dependency of the texts, although nothing here names it.
    () =>
      language === ''
        ? []
        : stable.map(
            (extension) =>
              ({ ...cloneDeepOnlyCloneableValues(extension), properties: translateIn(extension.properties, t) }) as LoadedExtension<E>,
          ),
    [stable, t, language],
  );
}
