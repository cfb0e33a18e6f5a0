import { CheckCircleIcon, ExclamationCircleIcon, ExclamationTriangleIcon, InfoCircleIcon, MinusCircleIcon, QuestionCircleIcon } from '@patternfly/react-icons';
import { type ComponentType } from 'react';
import { type Outcome } from '../../engine';

/** How an outcome looks. `status` colours the icon; without one it is as grey as the text beside it. */
interface Look {
  readonly Icon: ComponentType;
  readonly status?: 'danger' | 'warning' | 'success' | 'info';
}

/** One icon and one colour per outcome, everywhere. What was not read is neither green nor red. */
export const LOOKS: Readonly<Record<Outcome, Look>> = {
  fail: { Icon: ExclamationCircleIcon, status: 'danger' },
  warn: { Icon: ExclamationTriangleIcon, status: 'warning' },
  unknown: { Icon: QuestionCircleIcon },
  info: { Icon: InfoCircleIcon, status: 'info' },
  pass: { Icon: CheckCircleIcon, status: 'success' },
  notApplicable: { Icon: MinusCircleIcon },
};
