/** Written by the bundler (`buildSharedModules.ts`) from what is installed. */
declare module 'host:shared-modules' {
  /** Installed version of each shared package. */
  export const versions: Readonly<Record<string, string>>;
  /** PatternFly's packages → the small modules that plugins ask for: `@patternfly/react-core/dist/dynamic/components/Card`. */
  export const patternFlyRequests: Readonly<Record<string, readonly string[]>>;
}
