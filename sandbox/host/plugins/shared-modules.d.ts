/** Written by the bundler (`buildSharedModules.ts`): what is installed, and PatternFly's modules one by one. */
declare module 'host:shared-modules' {
  /** Installed version of each package that is shared as a whole. */
  export const versions: Readonly<Record<string, string>>;
  /** `@patternfly/react-core/dist/dynamic/components/Card` → its package's version, and how to load it. */
  export const patternFlyModules: Readonly<Record<string, { version: string; load: () => Promise<unknown> }>>;
}
