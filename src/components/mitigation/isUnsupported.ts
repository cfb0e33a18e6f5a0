import { type MitigationReport } from '../../engine';

/** Nothing that was found speaks for it, and it does not help whatever the cause is. */
export const isUnsupported = ({ supportedBy, always }: MitigationReport): boolean => supportedBy.length === 0 && !always;
