import { timestamp } from '../clock';
import type { Condition } from '../objects';

/** The conditions with `next` in place: its transition time moves only when its status does, as controllers keep it. */
export function withCondition(conditions: readonly Condition[] | undefined, next: Omit<Condition, 'lastTransitionTime' | 'lastUpdateTime'>, at: Date, updateTime = false): Condition[] {
  const before = conditions?.find((condition) => condition.type === next.type);
  const same = before && before.status === next.status && before.reason === next.reason && before.message === next.message;
  if (before && same) return [...(conditions ?? [])];
  const moved = before?.status !== next.status;
  const condition: Condition = {
    ...next,
    lastTransitionTime: moved ? timestamp(at) : (before?.lastTransitionTime ?? timestamp(at)),
    ...(updateTime ? { lastUpdateTime: timestamp(at) } : {}),
  };
  return before ? (conditions ?? []).map((each) => (each.type === next.type ? condition : each)) : [...(conditions ?? []), condition];
}

/** The conditions without one type. */
export function withoutCondition(conditions: readonly Condition[] | undefined, type: string): Condition[] {
  return (conditions ?? []).filter((condition) => condition.type !== type);
}

/** The condition of a type, or undefined. */
export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
