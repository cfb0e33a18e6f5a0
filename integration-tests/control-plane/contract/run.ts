import { setTimeout as sleep } from 'node:timers/promises';
import { type Ask, type Case, type Who } from './case';
import { type Door, type Raw, ask } from './door';
import { type Answer, normal, normalEvents } from './normal';

/** A server to ask, as each of the contract's users. */
export type Doors = (who: Who) => Door;

/** Milliseconds that a watch is listened to after the last thing that happened: both servers send within a few. */
const LISTEN = 400;

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing was taken for ${name}`);
    return value;
  });

const sendingOf = ({ method, path, headers, body }: Ask, values: Readonly<Record<string, string>>) => ({
  ...(method ? { method } : {}), path: filled(path, values), ...(headers ? { headers } : {}),
  ...(body === undefined ? {} : { body: filled(typeof body === 'string' ? body : JSON.stringify(body), values) }),
});

const send = (doors: Doors, request: Ask, values: Readonly<Record<string, string>> = {}): Promise<Raw> => ask(doors(request.as ?? 'admin'), sendingOf(request, values));

/** Sends what a row needs; throws when the server does not accept it. */
export const prepare = async (doors: Doors, requests: readonly Ask[]): Promise<void> => {
  for (const request of requests) {
    const { status, text } = await send(doors, request);
    if (status >= 300) throw new Error(`${request.method ?? 'GET'} ${request.path} was answered with ${status}: ${text}`);
  }
};

const takenOf = async (doors: Doors, { takes = {} }: Case): Promise<Record<string, string>> => {
  const values: Record<string, string> = {};
  for (const [name, { path, field }] of Object.entries(takes)) {
    const { text } = await send(doors, { path });
    const value = field.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], JSON.parse(text) as unknown);
    if (typeof value !== 'string') throw new Error(`${path} has no ${field}`);
    values[name] = value;
  }
  return values;
};

const listen = async (doors: Doors, row: Case, values: Readonly<Record<string, string>>): Promise<Raw> => {
  const stop = new AbortController();
  let heardAt = Date.now();
  const stream = ask(doors(row.as ?? 'admin'), { ...sendingOf(row, values), signal: stop.signal, heard: () => { heardAt = Date.now(); } });
  let over = false;
  void stream.catch(() => undefined).finally(() => { over = true; });
  await sleep(LISTEN);
  await prepare(doors, over ? [] : row.during ?? []);
  heardAt = Date.now();
  while (!over && Date.now() - heardAt < LISTEN) await sleep(20);
  stop.abort();
  // A watch to which nothing was sent, not even that it has begun.
  return stream.catch((): Raw => ({ status: 0, type: '', text: '' }));
};

/** Milliseconds within which admission has heard of a new webhook: it watches them. */
const HEARD_OF = 2_000;

/** Asks one row and returns what both servers must agree on. */
export const run = async (doors: Doors, row: Case): Promise<Answer> => {
  await prepare(doors, row.given ?? []);
  if (row.given?.some(({ path }) => path.endsWith('webhookconfigurations'))) await sleep(HEARD_OF);
  const values = await takenOf(doors, row);
  const raw = row.area === 'watch' ? await listen(doors, row, values) : await send(doors, row, values);
  const answer = row.area === 'watch' ? normalEvents(raw, row) : normal(raw, row);
  const then: Answer[] = [];
  for (const after of row.then ?? []) then.push(normal(await send(doors, after, values), after));
  return { ...answer, ...(then.length > 0 ? { then } : {}) };
};
