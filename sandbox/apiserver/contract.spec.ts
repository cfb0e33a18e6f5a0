import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Who } from '../../integration-tests/control-plane/contract/case';
import { definitions } from '../../integration-tests/control-plane/contract/definitions';
import { type Door } from '../../integration-tests/control-plane/contract/door';
import { EXCEPTIONS } from '../../integration-tests/control-plane/contract/exceptions';
import { FIXTURE, USERS, writeLogs } from '../../integration-tests/control-plane/contract/fixture';
import { type Answer } from '../../integration-tests/control-plane/contract/normal';
import { prepare, run } from '../../integration-tests/control-plane/contract/run';
import { CONTRACT, keyOf } from '../../integration-tests/control-plane/contract/table';
import { Cluster } from '../../src/testing/cluster';
import { type User } from '../../src/testing/types';
import { type ApiServer, startApiServer } from './server';

/** What a real API server answered; the Jest project `control-plane` proves that it still does. */
const ANSWERS = JSON.parse(readFileSync(path.join(__dirname, '../../integration-tests/control-plane/contract/answers.json'), 'utf8')) as Record<string, Answer>;

let server: ApiServer;
const door = (who: Who): Door => ({ url: server.url, token: who });

/** Whose name is the token of the request. */
const userOf = (authorization = ''): User => ({ ...USERS[authorization.replace('Bearer ', '') as Who], groups: ['system:authenticated'] });

beforeAll(async () => {
  const cluster = new Cluster({ firstResourceVersion: 1_000 });
  for (const definition of definitions()) cluster.create(definition);
  server = await startApiServer({ cluster, port: 0, user: ({ headers }) => userOf(headers.authorization) });
  await prepare(door, FIXTURE);
  writeLogs(cluster);
});

afterAll(() => server?.close());

const without = (answer: Answer | undefined, parts: readonly string[]): unknown => {
  if (parts.length === 0 || !answer) return answer;
  const { body, ...rest } = answer as Answer & { body?: Record<string, unknown> };
  return { ...rest, body: parts.includes('body') ? undefined : { ...body, message: undefined } };
};

describe('the simulator answers as a real API server', () => {
  it.each(CONTRACT.map((row) => [keyOf(row), row] as const))('%s', async (key, row) => {
    const parts = EXCEPTIONS.filter((one) => one.row === key).flatMap((one) => one.parts);
    expect(without(await run(door, row), parts)).toEqual(without(ANSWERS[key], parts));
  });

  it('has no exception for a row that is not there', () => {
    const keys = CONTRACT.map(keyOf);
    expect(EXCEPTIONS.map(({ row }) => row).filter((row) => !keys.includes(row))).toEqual([]);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
});
