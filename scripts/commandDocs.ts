/**
 * Writes the output into docs/command.md: below each comment `run …` stands what the command prints when it is run so, on a
 * scenario of the simulated cluster whose time stands still. `--check` compares instead and fails where something would change.
 *
 *     <!-- run scenario=healthy lines=8 then=Read width=90 : diagnose --all -->
 *
 * Of the keys all may be left out: without a scenario there is no cluster; `lines` cuts, and `then` goes on at the next line that
 * begins so; `only` keeps these fields of each report.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Built, buildForSpec } from '../src/headless/testing-command';
import { type CommandStage, setCommandStage } from '../src/headless/testing-stage';

const FILE = 'docs/command.md';
const WIDTH = 100;

interface Block {
  readonly scenario: string | undefined;
  readonly lines: number;
  readonly then: string | undefined;
  readonly width: number;
  readonly only: readonly string[] | undefined;
  readonly args: readonly string[];
}

const blockOf = (comment: string): Block => {
  const [keys = '', args = ''] = comment.split(/\s*: /);
  const values = new Map(keys.trim().split(/\s+/).map((key) => key.split('=') as [string, string | undefined]));
  return {
    scenario: values.get('scenario'), lines: Number(values.get('lines') ?? Infinity), then: values.get('then'), width: Number(values.get('width') ?? WIDTH),
    only: values.get('only')?.split(','), args: args.trim().split(/\s+/),
  };
};

/** The simulated cluster of a block, which publishes where its Prometheus answers, as OpenShift does. */
const stageOf = async (scenario: string): Promise<CommandStage> => {
  const place: { prometheus?: string } = {};
  const stage = await setCommandStage({ scenario, fault: ({ url }, response) => {
    if (!url?.endsWith('/configmaps/monitoring-shared-config')) return false;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { thanosPublicURL: place.prometheus ?? '' } }));
    return true;
  } });
  place.prometheus = stage.prometheus.url;
  return stage;
};

/** What is another in each run: ports, the seconds that reading took, and what the simulator makes up for each world. */
const settled = (text: string): string => text
  .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://api.lab.example.com:6443')
  .replace(/T08:0[0-2]:\d\d\.\d{3}Z/g, 'T08:00:01.000Z')
  .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '5ff0a1b2-7c3d-4e5f-8a9b-0c1d2e3f4a5b')
  .replace(/("path":"\/metadata\/resourceVersion","value":")\d+/g, '$118400000');

const reduced = (text: string, only: readonly string[]): string => {
  const { version, at, context, partial, reports } = JSON.parse(text) as Record<string, unknown> & { reports: Record<string, unknown>[] };
  return JSON.stringify({ version, at, context, partial, reports: reports.map((report) => Object.fromEntries(only.map((field) => [field, report[field]]))) }, null, 2);
};

const outputOf = async ({ scenario, lines, then, width, only, args }: Block, command: Built): Promise<string> => {
  const stage = scenario === undefined ? undefined : await stageOf(scenario);
  try {
    const { code, out, err } = await command.run(args, { env: { COLUMNS: String(width), ...(stage ? { KUBECONFIG: stage.kubeconfig } : {}) } });
    if (out === '') throw new Error(`virt-runbooks ${args.join(' ')} prints nothing (${code ?? 'ended'}): ${err}`);
    const all = settled(err + (only ? reduced(out, only) : out)).trimEnd().split('\n');
    const pipe = only ? ` | jq '{version, at, context, partial, reports: [.reports[] | {${only.join(', ')}}]}'` : '';
    const rest = then === undefined ? [] : all.slice(all.findIndex((line, i) => i >= lines && line.startsWith(then)));
    const shown = [...all.slice(0, lines), ...(all.length > lines ? ['…'] : []), ...rest];
    // A format for other programs is shown as that, without a prompt.
    const isPlain = args.includes('markdown') || args[0] === 'needs';
    return (isPlain ? shown : [`$ virt-runbooks ${args.join(' ')}${pipe}`, ...shown, ...(stage && !only ? ['$ echo $?', String(code)] : [])]).join('\n');
  } finally {
    await stage?.close();
  }
};

const BLOCK = /(<!-- run(.*?) -->\n(`{3,})\w*\n)[^]*?\n(\3)(?=\n|$)/g;

const filled = async (text: string): Promise<string> => {
  const command = await buildForSpec();
  try {
    const outputs: string[] = [];
    for (const [, , comment = ''] of text.matchAll(BLOCK)) outputs.push(await outputOf(blockOf(comment), command));
    return text.replace(BLOCK, (_, head: string, __, ___, fence: string) => `${head}${outputs.shift() ?? ''}\n${fence}`);
  } finally {
    await command.remove();
  }
};

const before = readFileSync(FILE, 'utf8');
const after = await filled(before);
if (after === before) process.exitCode = 0;
else if (process.argv.includes('--check')) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const first = now.findIndex((line, i) => line !== old[i]);
  console.log(`Not up to date, run \`npm run command-docs\`: ${FILE}, line ${first + 1}\n- ${old[first] ?? ''}\n+ ${now[first] ?? ''}`);
  process.exitCode = 1;
} else {
  writeFileSync(FILE, after);
  console.log(`Written: ${FILE}`);
}
