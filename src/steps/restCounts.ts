import { type Series } from '../engine/source';
import { type RestCalls } from './restReadings';

/** What an answer with an error code means for a client. */
export const CLASSES = ['forbidden', 'unauthorized', 'serverError', 'throttled', 'conflict', 'invalid', 'notFound', 'otherRefusal'] as const;
export type CodeClass = (typeof CLASSES)[number];

const CODES: Readonly<Record<string, CodeClass>> = {
  400: 'invalid', 401: 'unauthorized', 403: 'forbidden', 404: 'notFound', 409: 'conflict', 422: 'invalid', 429: 'throttled',
};

/** The class of a code that the rules count as failed; undefined of any other, `<error>` included. */
export const classOf = (code: string): CodeClass | undefined =>
  (/^5\d\d$/.test(code) ? 'serverError' : /^4\d\d$/.test(code) ? CODES[code] ?? 'otherRefusal' : undefined);

/** The newest value of a series. */
export const valueOf = ({ points }: Pick<Series, 'points'>): number => points.at(-1)?.[1] ?? 0;

/** A sum of newest values. */
export const sumOf = (series: readonly Series[]): number => series.reduce((sum, one) => sum + valueOf(one), 0);

/** Calls of a window that are too few to make a share of: one user who mistypes a name is most of them. */
const FEW = 50;
/** These say something is wrong however few they are. */
const TELLING: readonly CodeClass[] = ['forbidden', 'unauthorized', 'serverError', 'throttled'];

/** What the rule makes of the calls, by the answers that they got. Rates are per second, shares 0 to 1. */
export interface Judged {
  readonly rate: number;
  readonly failed: number;
  readonly share: number;
  /** Calls in the whole window. */
  readonly made: number;
  readonly isAbove: boolean;
  /** Above the threshold with so few calls, and such answers, that nothing follows from it. */
  readonly isChance: boolean;
  /** The rates of the failed ones, most frequent first. */
  readonly classes: readonly (readonly [CodeClass, number])[];
}

/** Reads the calls by code as the rule does. */
export const judgeCalls = ({ minutes, threshold }: RestCalls, series: readonly Series[]): Judged => {
  const rate = sumOf(series);
  const classes = CLASSES
    .map((one) => [one, sumOf(series.filter(({ labels }) => classOf(labels['code'] ?? '') === one))] as const)
    .filter(([, value]) => value > 0).toSorted(([, a], [, b]) => b - a);
  const failed = classes.reduce((sum, [, value]) => sum + value, 0);
  const made = rate * minutes * 60;
  const share = rate > 0 ? failed / rate : 0;
  const telling = classes.filter(([one]) => TELLING.includes(one)).reduce((sum, [, value]) => sum + value, 0);
  const isAbove = rate > 0 && share >= threshold;
  return { rate, failed, share, made, isAbove, isChance: isAbove && made < FEW && telling < failed / 2, classes };
};

/** A share as whole percent. */
export const percent = (share: number): number => Math.round(share * 100);

/** A rate with as many digits as say something. */
export const rounded = (rate: number): number => (rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2)));
