import { type LiveMitigation } from '../../console/useMitigation';

/** What the screens of a mitigation draw and call. */
export type Live = Omit<LiveMitigation, 'record' | 'notKept'>;
