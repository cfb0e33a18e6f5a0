import { type Late } from '../engine/late';
import { type EachSource, type LogLine, type LogSource, each } from '../engine/source';

/** A container whose log is read: what a step about pods puts out. */
export interface LoggedContainer {
  readonly pod: string;
  readonly container: string;
}

/** The end of one container's log. `tail` in lines, `since` in seconds before now. */
export const podLog = (of: {
  readonly in: Late<string>; readonly pod: Late<string>; readonly container?: Late<string>;
  readonly tail: number; readonly since?: number; readonly previous?: true;
}): LogSource => ({ kind: 'log', ...of });

/** The same for several containers that an earlier step put out, three pods at most: two replicas and one to spare. */
export const logsOf = (
  over: Parameters<typeof each<LoggedContainer, LogSource>>[0],
  of: { readonly in: Late<string>; readonly tail: number; readonly since?: number; readonly previous?: true },
): EachSource<LogLine> => each<LoggedContainer, LogSource>(over, { atMost: 3 }, ({ pod, container }) => podLog({ ...of, pod, container }));
