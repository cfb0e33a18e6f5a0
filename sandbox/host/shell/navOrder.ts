/** What of a navigation item decides where it stands. */
export interface Positioned {
  properties: { id: string; insertBefore?: string | string[]; insertAfter?: string | string[] };
}

const list = (ids: string | string[] | undefined): string[] => (ids === undefined ? [] : [ids].flat());

const refersTo = <T extends Positioned>({ properties }: T, items: readonly T[]): boolean =>
  [...list(properties.insertBefore), ...list(properties.insertAfter)].some((id) => items.some((item) => item.properties.id === id));

/** Where the item goes among those that have a place already: before wins over after, the first id that exists counts. */
function place<T extends Positioned>({ properties }: T, among: readonly T[]): number {
  const indexOf = (id: string) => among.findIndex((item) => item.properties.id === id);
  const before = list(properties.insertBefore)
    .map(indexOf)
    .find((index) => index >= 0);
  if (before !== undefined) return before;
  const after = list(properties.insertAfter)
    .map(indexOf)
    .find((index) => index >= 0);
  return after === undefined ? among.length : after + 1;
}

/**
 * Navigation items in the console's order (packages/console-app/src/components/nav/utils.ts): those that refer to no
 * other first, as they came; then the others, each once those it refers to have their place.
 */
export function inOrder<T extends Positioned>(items: readonly T[]): T[] {
  const placed = items.filter((item) => !refersTo(item, items));
  let waiting = items.filter((item) => refersTo(item, items));
  while (waiting.length > 0) {
    const ready = waiting.filter((item) => !refersTo(item, waiting));
    // A circle: nobody can be first, so all go as they came.
    const next = ready.length > 0 ? ready : waiting;
    for (const item of next) placed.splice(place(item, placed), 0, item);
    waiting = waiting.filter((item) => !next.includes(item));
  }
  return placed;
}
