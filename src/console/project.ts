import { useActiveNamespace } from '@openshift-console/dynamic-plugin-sdk';

const ALL = '#ALL_NS#';

/** The project that is chosen in the console; undefined for all of them. */
export const useProject = (): string | undefined => {
  const [active] = useActiveNamespace();
  return active === ALL ? undefined : active;
};
