import { useEffect, useRef, useState } from 'react';
import { type OperationResult } from '../../engine';

/** How many operations are where. */
export interface Progress {
  readonly done: number;
  readonly failed: number;
  /** Sent, and not answered yet. */
  readonly awaited: number;
  /** Not sent yet, or not answered yet. */
  readonly left: number;
  /** Gone or changed meanwhile, so not sent. */
  readonly changed: number;
  readonly notSent: number;
  readonly unknown: number;
  readonly all: number;
}

/** Counts results by what became of them. `failed` has those in it that changed or whose answer was lost. */
export const progressOf = (results: readonly OperationResult[]): Progress => {
  const counts: Record<OperationResult['state'], number> = { waiting: 0, sending: 0, accepted: 0, rejected: 0, unknown: 0, changed: 0, notSent: 0 };
  for (const { state } of results) counts[state] += 1;
  return {
    done: counts.accepted, failed: counts.rejected + counts.unknown + counts.changed, awaited: counts.sending, left: counts.waiting + counts.sending,
    changed: counts.changed, notSent: counts.notSent, unknown: counts.unknown, all: results.length,
  };
};

/** Operations below which nobody needs a speed. */
const MANY = 50;
/** What is said of the first moment would be wrong, milliseconds. */
const SETTLING = 2_000;

/** How fast a run is, per second, and how long the rest will take at that speed, seconds. */
export interface Pace {
  readonly perSecond: number;
  readonly left: number;
}

/** The pace of a run so far; undefined where it is short, at its very start, and once it is over. */
export const usePace = ({ done, failed, left, all }: Progress, isRunning: boolean): Pace | undefined => {
  const started = useRef<number>();
  const over = done + failed;
  if (!isRunning) started.current = undefined;
  else if (over > 0) started.current ??= performance.now();
  const elapsed = started.current === undefined ? 0 : performance.now() - started.current;
  if (all < MANY || elapsed < SETTLING) return undefined;
  const perSecond = over / (elapsed / 1000);
  return { perSecond, left: left / perSecond };
};

/** A text that changes at most so often (milliseconds), for somebody who listens to it. The latest is told in the end. */
export const useSeldom = (text: string, every: number): string => {
  const [told, setTold] = useState(text);
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(0, toldAt.current + every - performance.now());
    const timer = setTimeout(() => {
      toldAt.current = performance.now();
      setTold(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, every]);
  return told;
};
