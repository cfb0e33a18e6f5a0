import { testRunbook } from '../../testing/testRunbook';
import { usageRows } from '../../testing/usageRows';
import { kubeVirtComponentExceedsRequestedCpu } from './KubeVirtComponentExceedsRequestedCPU';

testRunbook(kubeVirtComponentExceedsRequestedCpu, usageRows(0.01, { cause: 'usage-rising', offers: ['find-load'] }));
