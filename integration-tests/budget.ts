/** How much of the plugin a browser may load, bytes after gzip. The one place where these numbers stand. */
export const BUDGET = {
  /** The entry, which every page of every console with the plugin loads. */
  entry: 8_000,
  /** What Observe loads more for its entry points: names of alerts, no runbook. */
  observe: 4_000,
  /** One of our pages, beyond what the console shares, without the runbook that it shows. */
  page: 60_000,
  /** The runbooks of one group with their texts, up to nine of them, and what they share with other groups: loaded once for all of them. */
  group: 90_000,
} as const;
