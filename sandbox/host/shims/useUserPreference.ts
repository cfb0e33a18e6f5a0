import { useCallback, useState, type SetStateAction } from 'react';

const STORAGE_KEY = 'console-user-settings';

function stored(): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Record<string, unknown>;
  } catch {
    // Not ours, or half written: as if nothing was kept.
    return {};
  }
}

/** `[value, set, loaded]`: a setting of the user. Here it lives in the browser, so it is loaded at once. */
export function useUserPreference<T>(key: string, defaultValue: T): [T, (action: SetStateAction<T>) => void, boolean] {
  const [value, setValue] = useState<T>(() => (key in stored() ? (stored()[key] as T) : defaultValue));
  const set = useCallback(
    (action: SetStateAction<T>) => {
      const previous = key in stored() ? (stored()[key] as T) : defaultValue;
      const next = typeof action === 'function' ? (action as (previous: T) => T)(previous) : action;
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...stored(), [key]: next }));
      setValue(next);
    },
    [key, defaultValue],
  );
  return [value, set, true];
}
