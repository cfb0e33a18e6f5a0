import { type Condition } from '../sources/objects';

/** The condition of this type, if it is true; conditions of Kubernetes say True, False or Unknown. */
export const isTrue = (conditions: readonly Condition[] | undefined, type: string): Condition | undefined =>
  conditions?.find((one) => one.type === type && one.status === 'True');
