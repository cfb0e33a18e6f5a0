/** Numbers, durations and sizes as the reader's language writes them. `language` is a BCP 47 tag. */

const UNITS = [
  { unit: 'day', seconds: 86_400 }, { unit: 'hour', seconds: 3_600 }, { unit: 'minute', seconds: 60 }, { unit: 'second', seconds: 1 },
] as const;

/** A duration of so many seconds in its two largest units: `2 days 3 hr`, `23 min`. Below ten minutes seconds are shown, above they are noise. */
export const durationText = (seconds: number, language: string): string => {
  if (!Number.isFinite(seconds)) return '∞';
  const write = (value: number, unit: string) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }).format(value);
  const finest = Math.abs(seconds) >= 600 ? 60 : 1;
  let left = Math.floor(Math.abs(seconds) / finest) * finest;
  const largest = UNITS.findIndex((each) => left >= each.seconds);
  if (largest < 0) return write(0, 'second');
  const words = UNITS.slice(largest, largest + 2).flatMap(({ unit, seconds: length }) => {
    const value = Math.floor(left / length);
    left -= value * length;
    return value > 0 ? [write(value, unit)] : [];
  });
  return words.join(' ');
};

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A number of bytes with a binary unit, as Kubernetes counts: `1.2 GiB`. */
export const bytesText = (bytes: number, language: string): string => {
  const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(bytes))) / 10)));
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1024 ** step)} ${SIZES[step]}`;
};

/** A plain number, grouped as the language groups. */
export const numberText = (value: number, language: string): string => new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);

/** Words joined as the language joins lists. */
export const listText = (words: readonly string[], language: string): string => new Intl.ListFormat(language, { style: 'long' }).format(words);

/** An instant (milliseconds since 1970) in the reader's time zone, with the zone. */
export const instantText = (at: number, language: string): string =>
  (Number.isFinite(at) ? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' }).format(at) : '');

/** Hours and minutes of an instant (milliseconds since 1970) in the reader's time zone. */
export const clockText = (at: number, language: string): string =>
  (Number.isFinite(at) ? new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at) : '');
