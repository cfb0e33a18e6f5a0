import { parseAllDocuments } from 'yaml';
import { type ReaderRole } from '../engine';
import { SHELF } from '../runbooks/shelf';
import { type Built, buildForSpec, runProgram } from './testing-command';
import { type CommandStage, setCommandStage } from './testing-stage';

jest.setTimeout(120_000);

let command: Built;
let stage: CommandStage;
beforeAll(async () => {
  [command, stage] = await Promise.all([buildForSpec(), setCommandStage({ scenario: 'healthy' })]);
});
afterAll(() => Promise.all([command.remove(), stage.close()]));

const run = (...args: readonly string[]) => command.run(args);

describe('wrong usage', () => {
  it.concurrent.each([
    [['diagnose', 'VirtOperatorDwn'], 'There is no runbook for VirtOperatorDwn. Did you mean VirtOperatorDown?'],
    [['diagnose', 'launcher'], 'Did you mean VirtLauncherPodsStuckFailed?'],
    [['diagnose', '__proto__'], 'There is no runbook for __proto__.'],
    [['diagnose', 'VirtOperatorDown', '--label', 'severity'], 'A label is written name=value.'],
    [['diagnose', 'VirtOperatorDown', '--label', '9=x'], 'A label is written name=value.'],
    [['diagnose', '--label', 'severity=critical'], 'give the name of the alert too'],
    [['diagnose', 'VirtOperatorDown', '--all'], 'Give the name of an alert or --all, not both.'],
    [['diagnose', '--timeout', '0'], 'Give a number of seconds above 0.'],
    [['diagnose', '-o', 'xml'], 'Allowed choices are text, json, markdown.'],
    [['diagnose', '--context', 'nowhere'], 'There is no context nowhere in the kubeconfig. There are: lab, other.'],
    [['diagnose', '--prometheus', 'localhost:9090'], '--prometheus localhost:9090: that is not an http or https address.'],
    [['diagnose', '--alertmanager', 'file:///etc/passwd'], 'that is not an http or https address.'],
    [['diagnose', '--kubeconfig', '/nonexistent/config'], '--kubeconfig /nonexistent/config: the file cannot be read (ENOENT'],
    [['diagnose', '--token-file', '/nonexistent/token'], '--token-file /nonexistent/token: the file cannot be read (ENOENT'],
    [['diagnose', '--ca-file', '/nonexistent/ca'], '--ca-file /nonexistent/ca: the file cannot be read (ENOENT'],
    [['diagnos'], 'Did you mean diagnose?'],
    [['diagnose', '--promtheus', 'x'], 'Did you mean --prometheus?'],
    [['explain'], "missing required argument 'alert'"],
    [['explain', 'Nothing'], 'There is no runbook for Nothing.'],
    [['needs'], 'Give the names of alerts, or --all.'],
  ])('%j is told so, and nothing is read', async (args, says) => {
    const [name, ...rest] = args;
    const before = stage.kubernetes.asked.length + stage.prometheus.asked.length;
    // The last of an option that is given twice counts.
    const { code, out, err } = await command.run([name ?? '', ...(name === 'diagnose' ? stage.there : []), ...rest]);
    expect({ code, out, err }).toEqual({ code: 64, out: '', err: expect.stringContaining(says) });
    expect(err).not.toMatch(/ {4}at /);
    expect(stage.kubernetes.asked.length + stage.prometheus.asked.length).toBe(before);
  });

  it.concurrent('of a kubeconfig is told so', async () => {
    const files = { 'not-yaml': '{', empty: '', 'no-context': 'apiVersion: v1\nkind: Config\nclusters: []\n', token: '  \n' };
    const [notYaml, empty, noContext, token] = await Promise.all(Object.entries(files).map(([file, text]) => stage.write(file, text)));
    const runs = await Promise.all([
      run('diagnose', '--kubeconfig', notYaml ?? ''), run('diagnose', '--kubeconfig', empty ?? ''), run('diagnose', '--kubeconfig', noContext ?? ''), run('diagnose', ...stage.there, '--token-file', token ?? ''),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([64, 64, 64, 64]);
    expect(runs.map(({ err }) => err)).toEqual([
      expect.stringMatching(/^The kubeconfig .*not-yaml cannot be used \(.+\)\. Name another one with --kubeconfig\.\n$/), expect.stringMatching(/^The kubeconfig /), expect.stringMatching(/^The kubeconfig has no current context\./),
      expect.stringMatching(/token: the file is empty\.\n$/),
    ]);
  });

  it.concurrent('without a kubeconfig anywhere is told so', async () => {
    const { code, err } = await run('diagnose');
    expect(code).toBe(64);
    expect(err).toMatch(/^There is no kubeconfig: .+--kubeconfig.+\n$/);
  });
});

describe('help', () => {
  it.concurrent.each([[[]], [['diagnose']], [['list']], [['explain']], [['needs']]])('%j has examples and goes to stdout', async (name) => {
    const { code, out, err } = await run(...name, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/\nExamples:\n {2}\$ .*virt-runbooks /);
    if (name[0] === 'diagnose') expect(out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}64 .*\n {2}69 /);
  });

  it.concurrent('names the version', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('list', () => {
  it.concurrent('names every runbook', async () => {
    const [text, json] = await Promise.all([run('list'), run('list', '-o', 'json')]);
    const listed = JSON.parse(json.out) as { alert: string; summary: string; severities: string[] }[];
    expect(listed.map(({ alert }) => alert)).toEqual(SHELF.map(({ alert }) => alert));
    expect(listed.every(({ summary, severities }) => summary.length > 10 && severities.length > 0)).toBe(true);
    for (const { alert } of SHELF) expect(text.out).toContain(alert);
  });
});

describe('explain', () => {
  it.concurrent.each(SHELF.map(({ alert }) => alert))('%s says everything in three formats, without a cluster', async (alert) => {
    const [text, markdown, json] = await Promise.all([[], ['-o', 'markdown'], ['-o', 'json']].map((format) => run('explain', alert, ...format)));
    for (const ran of [text, markdown, json]) {
      expect({ code: ran?.code, err: ran?.err }).toEqual({ code: 0, err: '' });
      expect(ran?.out).not.toMatch(/undefined|\[object|\{\{[a-zA-Z]+\}\}|NaN/);
    }
    const explained = JSON.parse(json?.out ?? '') as { steps: { asks: string }[]; causes: { says: string }[]; mitigations: { title: string }[]; rules: { expr: string }[] };
    expect([explained.steps, explained.causes, explained.mitigations, explained.rules].every(({ length }) => length > 0)).toBe(true);
    const flat = (out = ''): string => out.replace(/\s+/g, ' ').replace(/\\(.)/g, '$1');
    for (const out of [text?.out, markdown?.out]) {
      for (const said of [...explained.steps.map(({ asks }) => asks), ...explained.mitigations.map(({ title }) => title)]) expect(flat(out)).toContain(flat(said));
    }
  });
});

describe('needs', () => {
  it.concurrent('prints roles that read, and no secrets', async () => {
    const { code, out } = await run('needs', '--all', '--namespace', 'cnv', '--name', 'night-watch');
    const documents = parseAllDocuments(out);
    expect(code).toBe(0);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const roles = documents.map((document) => document.toJS() as ReaderRole & { apiVersion: string });
    expect(roles.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([['ClusterRole', 'night-watch', undefined], ['Role', 'night-watch', 'cnv'], ['Role', 'night-watch', 'openshift-monitoring']]);
    const rules = roles.flatMap((role) => role.rules);
    expect(rules.length).toBeGreaterThan(3);
    expect(rules.filter(({ verbs }) => verbs.length === 0 || verbs.some((verb) => verb !== 'get' && verb !== 'list'))).toEqual([]);
    expect(rules.flatMap(({ resources }) => resources).filter((resource) => /secret|\*/.test(resource))).toEqual([]);
    expect(rules.flatMap(({ apiGroups }) => apiGroups)).not.toContain('*');
  });

  it.concurrent('prints less for one runbook than for all', async () => {
    const [one, all] = await Promise.all([run('needs', 'VirtOperatorDown'), run('needs', '--all')]);
    expect(one.out.length).toBeLessThan(all.out.length);
    expect(one.out).toContain('# Reading VirtOperatorDown takes these roles');
  });
});

describe('completion', () => {
  it.concurrent.each(['bash', 'zsh', 'fish'])('of %s is a script that the shell takes', async (shell) => {
    const { code, out } = await run('completion', shell);
    expect(code).toBe(0);
    expect(out).toContain('virt-runbooks complete --');
    const file = await stage.write(`completion.${shell}`, out);
    const { code: taken, err } = await runProgram(shell, ['-n', file]);
    // A shell that is not installed cannot take it; bash is always there.
    expect(taken === 0 || (shell !== 'bash' && err.includes('ENOENT'))).toBe(true);
  });

  it.concurrent('offers the names of alerts, commands and options', async () => {
    const [names, commands, options] = await Promise.all([run('complete', '--', 'diagnose', 'Virt'), run('complete', '--', ''), run('complete', '--', 'diagnose', '--')]);
    expect(names.out).toMatch(/^VirtAPIDown\t.+\n(.+\n)*VirtOperatorDown\t.+\n/);
    expect(commands.out).toMatch(/^diagnose\t/m);
    expect(options.out).toMatch(/^--prometheus\t/m);
  });
});
