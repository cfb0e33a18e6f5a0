import { testRunbook } from '../../testing/testRunbook';
import { usageRows } from '../../testing/usageRows';
import { kubeVirtComponentExceedsRequestedMemory } from './KubeVirtComponentExceedsRequestedMemory';

testRunbook(kubeVirtComponentExceedsRequestedMemory, usageRows(275 * 2 ** 20, { cause: 'usage-leak', offers: ['replace-leaking-pod'] }));
