import { deployments } from './deployments';
import { general } from './general';
import { kubeVirtDeprecatedApiRequested } from './KubeVirtDeprecatedAPIRequested';
import { noLeadingVirtController } from './NoLeadingVirtController';
import { noLeadingVirtOperator } from './NoLeadingVirtOperator';
import { restErrors } from './restErrors';
import type { Scenario } from './scenario';
import { virtHandlerFaults } from './virtHandler';
import { virtLauncherPodsStuckFailed } from './VirtLauncherPodsStuckFailed';
import { virtOperatorDown } from './VirtOperatorDown';

export type { Scenario } from './scenario';

/** Every scenario there is; one file per alert, and the general ones. */
export const scenarios: readonly Scenario[] = [...virtOperatorDown, ...deployments, ...noLeadingVirtOperator, ...noLeadingVirtController, ...virtLauncherPodsStuckFailed, ...virtHandlerFaults, ...kubeVirtDeprecatedApiRequested, ...restErrors, ...general];
