import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type * as Builder from './build';
import { ALL } from './programs';

const surroundings = { ...process.env };
let dir: string;

/** The builder as it is in a place where nothing is built and no module was ever fetched. */
const inAnEmptyPlace = async (env: Readonly<Record<string, string>>): Promise<typeof Builder> => {
  Object.assign(process.env, { XDG_CACHE_HOME: path.join(dir, 'cache'), GOMODCACHE: path.join(dir, 'modules'), ...env });
  jest.resetModules();
  return import('./build');
};

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-build-'));
});

afterEach(async () => {
  process.env = { ...surroundings };
  await rm(dir, { recursive: true, force: true });
});

describe('building the programs', () => {
  test('where nothing is built, everything is missing', async () => {
    const { missingPrograms } = await inAnEmptyPlace({});
    expect(await missingPrograms(ALL)).toEqual(ALL);
  });

  test('without Go it says what to install', async () => {
    const { buildPrograms, whyNoGo } = await inAnEmptyPlace({ PATH: dir });
    expect(await whyNoGo()).toMatch(/not here\. Install Go 1\.25 or newer/);
    await expect(buildPrograms(['certificates'])).rejects.toThrow(/Install Go/);
  });

  test('without a proxy that answers it says so, after saying how long a build takes, and leaves no half of a program', async () => {
    const { buildPrograms, missingPrograms } = await inAnEmptyPlace({ GOPROXY: 'http://127.0.0.1:9', GONOSUMDB: '*', GOFLAGS: '' });
    const said: string[] = [];
    await expect(buildPrograms(['kwok'], (sentence) => said.push(sentence))).rejects.toThrow(/connect to the network, or set GOPROXY/);
    expect(said).toEqual([expect.stringContaining('about 15 minutes on two cores')]);
    // The folder of the module is there, and empty.
    expect(readdirSync(path.join(dir, 'cache'), { recursive: true }).filter((name) => path.basename(String(name)).startsWith('kwok.'))).toEqual([]);
    expect(await missingPrograms(['kwok'])).toEqual(['kwok']);
  }, 60_000);
});
