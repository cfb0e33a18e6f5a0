import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../../sandbox/launch/refusal';

/**
 * Asks again until the answer is no longer undefined. Throws a {@link Refusal} that names what was waited for, with what
 * `why` says about it then. An error of `ask` counts as not yet.
 */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>, why: () => Promise<string> = () => Promise.resolve('')): Promise<T> {
  let last: unknown;
  for (const deadline = Date.now() + seconds * 1_000; Date.now() < deadline; await sleep(500)) {
    try {
      const answer = await ask();
      last = undefined;
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
  }
  const said = await why().catch(() => '');
  throw new Refusal(`${what}: not after ${seconds} s.${last === undefined ? '' : ` ${String(last)}`}${said === '' ? '' : `\n${said}`}`);
}
