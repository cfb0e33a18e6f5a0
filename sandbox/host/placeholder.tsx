import type { FC, ReactNode } from 'react';

const warned = new Set<string>();

function warnOnce(name: string): void {
  if (warned.has(name)) return;
  warned.add(name);
  console.warn(`This local console has no ${name}; a file of that name in sandbox/host/shims would be it.`);
}

/** Stands in for one thing of the console that this one does not have: seen on the page as `[Name]`, and warned of. */
export function placeholder(name: string): FC<{ children?: ReactNode }> | (() => undefined) {
  if (/^use[A-Z]/.test(name)) {
    return () => {
      warnOnce(name);
      return undefined;
    };
  }
  return ({ children }) => {
    warnOnce(name);
    return (
      <span data-test="placeholder">
        [{name}]{children}
      </span>
    );
  };
}

/** A module with a placeholder for whatever is asked of it; `module` names its default export. */
export const placeholderModule = (module: string): object =>
  new Proxy(
    {},
    {
      get: (_, name) =>
        typeof name === 'string' && name !== 'then' && name !== '__esModule' ? placeholder(name === 'default' ? module : name) : undefined,
    },
  );
