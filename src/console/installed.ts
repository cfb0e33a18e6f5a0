import { useFlag } from '@openshift-console/dynamic-plugin-sdk';

/** Set by the console once it knows the cluster's APIs; the model flag of console-extensions.json. */
const FLAG = 'VIRT_RUNBOOKS_KUBEVIRT';

/** True if the cluster does not serve KubeVirt's API. False while that is not known. */
export const useIsUninstalled = (): boolean => useFlag(FLAG) === false;
