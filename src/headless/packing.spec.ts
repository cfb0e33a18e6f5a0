import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Built, buildForSpec, runProgram } from './testing-command';

jest.setTimeout(120_000);

let command: Built;
let dir: string;
beforeAll(async () => {
  [command, dir] = await Promise.all([buildForSpec(), mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-pack-'))]);
});
afterAll(() => Promise.all([command.remove(), rm(dir, { recursive: true, force: true })]));

/** npm that looks for nothing outside, and keeps what it writes in the folder of the spec. */
const npm = (args: readonly string[], cwd: string) => runProgram('npm', args, {
  cwd, env: { HOME: dir, npm_config_cache: path.join(dir, 'cache'), npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' },
});

it('is packed without its source, and runs where nothing else is installed', async () => {
  const clone = path.join(dir, 'clone');
  const { files } = JSON.parse(await readFile('package.json', 'utf8')) as { files: string[] };
  // As `prepack` leaves it, without the rest of the clone: nothing but what is named can get in.
  for (const file of ['package.json', 'README.md', 'LICENSE', 'docs', 'src/headless']) await cp(file, path.join(clone, file), { recursive: true });
  await cp(command.file, path.join(clone, 'command', 'virt-runbooks.mjs'));
  await writeFile(path.join(clone, 'command', 'more.txt'), 'not to be packed');
  const packed = await npm(['pack', '--json', '--ignore-scripts'], clone);
  const [{ filename = '', files: held = [] } = {}] = JSON.parse(packed.out) as { filename: string; files: { path: string }[] }[];
  expect(held.map((file) => file.path).sort()).toEqual(['LICENSE', 'README.md', 'package.json', ...files.filter((file) => existsSync(path.join(clone, file)))].sort());

  const empty = await mkdtemp(path.join(dir, 'empty-'));
  const listed = await npm(['exec', '--yes', '--offline', `--package=${path.join(clone, filename)}`, '--', 'virt-runbooks', 'list', '-o', 'json'], empty);
  expect({ code: listed.code, alerts: (JSON.parse(listed.out) as { alert: string }[]).map(({ alert }) => alert) }).toEqual({ code: 0, alerts: expect.arrayContaining(['VirtOperatorDown']) });
});

it('is built before it is packed', async () => {
  const { scripts, bin, dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string>; bin: Record<string, string>; dependencies?: object };
  expect(scripts['prepack']).toContain('build:command');
  expect(bin).toEqual({ 'virt-runbooks': 'command/virt-runbooks.mjs' });
  // Everything stands in the one file.
  expect(dependencies).toBeUndefined();
});

describe('the one file', () => {
  it('begins as a program does and holds nothing that draws pages', async () => {
    const text = await readFile(command.file, 'utf8');
    expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(text).not.toMatch(/react-dom|createElement|usePrometheusPoll|consoleFetch|document\.querySelector|JsonPatch/);
  });

  it.each([
    ["export * from 'react';", 'node_modules/react/'], ["export * from '../../src/console/address';", 'src/console/'], ["export * from '../../src/testing/cluster';", 'src/testing/'],
    ["export * from '../../src/headless/testing-command';", 'testing-command'],
  ])('is not built when it would hold %s', async (line, names) => {
    const entries = path.resolve('.cache', path.basename(dir));
    const [entry, out] = [path.join(entries, 'entry.ts'), path.join(dir, 'refused.mjs')];
    await cp('tsconfig.json', path.join(entries, 'tsconfig.json'));
    await writeFile(entry, `${line}\n`);
    const { code, err } = await runProgram(process.execPath, ['--import', 'tsx', 'scripts/command.ts', out, entry], { cwd: process.cwd() });
    await rm(entries, { recursive: true, force: true });
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`The command must not hold .*${names}`));
    expect(existsSync(out)).toBe(false);
  });
});

it('has walls that keep the sender, pages and the world of specs out of its source', async () => {
  const [strange, ours] = [path.join(dir, 'strange.ts'), path.join(dir, 'ours.ts')];
  await writeFile(strange, [
    "import { send } from '../console/sender';", "import { Cluster } from '../testing/cluster';", "import { useState } from 'react';", "import { consoleFetch } from '@openshift-console/dynamic-plugin-sdk';",
    'export const all = [send, Cluster, useState, consoleFetch];',
  ].join('\n'));
  await writeFile(ours, "import { Command } from 'commander';\nimport { msg } from '../engine';\n\nexport const both = [Command, msg];\n");
  const linted = async (file: string): Promise<readonly string[]> => {
    const { out } = await runProgram('sh', ['-c', `"${process.execPath}" node_modules/eslint/bin/eslint.js --stdin --stdin-filename src/headless/main.ts -f json < "${file}"`], { cwd: process.cwd() });
    return (JSON.parse(out) as { messages: { line: number; message: string }[] }[]).flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`));
  };
  const [refused, accepted] = await Promise.all([linted(strange), linted(ours)]);
  expect(accepted).toEqual([]);
  for (const line of [1, 2, 3, 4]) expect(refused).toContainEqual(expect.stringMatching(new RegExp(`^${line}: .*src/headless may not use`)));
});
