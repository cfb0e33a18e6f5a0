import { type Message } from './message';
import { type Operation, type Plan, type Target } from './operation';
import { type UndertakingState } from './undertaking';

/** How the evidence has moved on under a plan that is fixed but was not carried out yet. */
export interface Overtaken {
  /** Targets that are gone, or not as they were when the plan was made: they would not be written. */
  readonly changed: readonly Target[];
  /** Objects that a selection would take in by now; they are no part of the fixed plan. */
  readonly more: number;
  /** Why no such plan would be made any more. */
  readonly refused?: Message;
}

const nameOf = ({ kind, namespace = '', name, uid }: Target): string => [kind, namespace, name, uid].join('/');

// The same operations whose target must not have changed at all when it is looked at right before the write.
const isStrict = (operation: Operation): boolean => operation.verb === 'patch' || (operation.verb === 'delete' && !operation.uidOnly);

/** Holds a fixed plan against the one that would be made now; undefined if nothing speaks against it. What is only to be created is no target yet. */
export const overtakenOf = (plan: Plan, now: Pick<UndertakingState, 'phase' | 'plan' | 'refused'>): Overtaken | undefined => {
  if (now.phase === 'refused' && now.refused?.missing.length === 0) return { changed: [], more: 0, refused: now.refused.says };
  if (!now.plan) return undefined;
  const present = new Map(now.plan.operations.map((operation) => [nameOf(operation.target), operation.target.resourceVersion]));
  const planned = plan.operations.filter(({ verb }) => verb !== 'create');
  const changed = planned.filter((operation) => {
    const version = present.get(nameOf(operation.target));
    return version === undefined || (isStrict(operation) && version !== operation.target.resourceVersion);
  }).map(({ target }) => target);
  const known = new Set(plan.operations.map(({ target }) => nameOf(target)));
  const more = plan.selection ? [...present.keys()].filter((name) => !known.has(name)).length : 0;
  return changed.length > 0 || more > 0 ? { changed, more } : undefined;
};
