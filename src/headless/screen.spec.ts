import stringWidth from 'string-width';
import { type Built, buildForSpec, runProgram } from './testing-command';
import { type CommandStage, setCommandStage } from './testing-stage';
import { penFor, screenOf } from './terminal';

jest.setTimeout(120_000);

let command: Built;
let stage: CommandStage;
beforeAll(async () => {
  [command, stage] = await Promise.all([buildForSpec(), setCommandStage({ scenario: 'operator-image-pull' })]);
});
afterAll(() => Promise.all([command.remove(), stage.close()]));

const ESCAPE = '\u001b[';

/** What must stay as it is typed, or as a program logged it, may be longer than the screen is wide. */
const isTyped = (line: string): boolean => /^\s*(\$|promql:|oc) /.test(line) || /^\s+\S+ {2}([IWEF]\d{4}|\d{4}\/\d\d\/\d\d) /.test(line);

describe('colour', () => {
  it.concurrent('is not in a pipe, unless it is wanted', async () => {
    const run = (env: Record<string, string>) => command.run(['diagnose', ...stage.there], { env });
    const [plain, forced, both, zero] = await Promise.all([run({}), run({ FORCE_COLOR: '1' }), run({ FORCE_COLOR: '1', NO_COLOR: '1' }), run({ FORCE_COLOR: '0' })]);
    expect([plain, forced, both, zero].map(({ out }) => out.includes(ESCAPE))).toEqual([false, true, false, false]);
    expect(forced?.out).toContain('\u001b[31m✗');
  });

  it.each([
    [{ isTTY: true }, {}, true], [{ isTTY: true }, { NO_COLOR: '1' }, false], [{ isTTY: true }, { TERM: 'dumb' }, false], [{}, {}, false], [{}, { FORCE_COLOR: '1' }, true], [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
  ])('follows the stream and the environment: %j %j', (stream, env, isColoured) => {
    expect(screenOf(stream, env).isColoured).toBe(isColoured);
  });
});

describe('width', () => {
  it('is that of the terminal within reason', () => {
    const width = (columns?: number, COLUMNS?: string): number => screenOf({ ...(columns === undefined ? {} : { columns }) }, COLUMNS === undefined ? {} : { COLUMNS }).width;
    expect([width(80), width(400), width(10), width(), width(undefined, '60'), width(undefined, 'x'), width(90, '60')]).toEqual([80, 120, 40, 100, 60, 100, 90]);
  });

  it.concurrent.each([[['diagnose']], [['diagnose', '--all', '--verbose']], [['explain', 'VirtOperatorDown']], [['list']]])('60 is kept to: %j', async (args) => {
    const { out } = await command.run([...args, ...(args[0] === 'diagnose' ? stage.there : [])], { env: { COLUMNS: '60' } });
    expect(out.split('\n').length).toBeGreaterThan(4);
    // A word without a place to break it (a digest, an address) is left whole.
    expect(out.split('\n').filter((line) => stringWidth(line) > 60 && !isTyped(line) && line.trim().split(/ +/).every((word) => word.length < 40))).toEqual([]);
  });

  it('is shared by the columns of a table: the last gives way first, then the widest', () => {
    const { table } = penFor({ width: 40, isColoured: false });
    expect(table([['WHEN', 'WHAT'], ['now', 'a long sentence that does not fit in forty columns']])).toBe([
      'WHEN  WHAT', 'now   a long sentence that does not fit', '      in forty columns',
    ].join('\n'));
    const narrow = penFor({ width: 60, isColoured: false }).table([['WHEN', 'OBJECT', 'BY'], ['2026-09-14T07:37:00Z (23 min ago)', 'openshift-cnv/virt-operator', 'kubectl-scale']], 2);
    expect(narrow).toBe([
      '  WHEN                  OBJECT                BY', '  2026-09-14T07:37:00Z  openshift-cnv/virt-o  kubectl-scale', '  (23 min ago)          perator',
    ].join('\n'));
  });

  it('is not enough for a table: then each row is a paragraph', () => {
    const { table } = penFor({ width: 40, isColoured: false });
    expect(table([['WHEN', 'OBJECT', 'BY'], ['2026-09-14T07:37:00Z (23 min ago)', 'openshift-cnv/virt-operator', 'kubectl-scale']], 2)).toBe([
      '  - WHEN · OBJECT · BY', '  - 2026-09-14T07:37:00Z (23 min ago) ·', '    openshift-cnv/virt-operator ·', '    kubectl-scale',
    ].join('\n'));
  });

  it('counts what is wide as wide', () => {
    expect(penFor({ width: 60, isColoured: false }).table([['漢字', 'x'], ['ab', 'y']])).toBe('漢字  x\nab    y');
  });
});

describe('a pipe that is closed early', () => {
  it.concurrent.each(['explain VirtOperatorDown', 'explain VirtOperatorDown -o json', 'list', 'needs --all'])('ends the command in peace: %s', async (args) => {
    const { code, out, err } = await runProgram('bash', ['-c', `"${process.execPath}" "${command.file}" ${args} | head -1; exit \${PIPESTATUS[0]}`]);
    expect({ code, err, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, err: '', lines: 1 });
  });

  it.concurrent('keeps the exit code', async () => {
    const { code, err } = await runProgram('bash', ['-c', `"${process.execPath}" "${command.file}" diagnose ${stage.there.join(' ')} -o json | head -1; exit \${PIPESTATUS[0]}`]);
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });
});

describe('progress', () => {
  it.concurrent('is shown to a terminal on stderr alone, and taken away', async () => {
    // `script` gives it a terminal; what is printed stays in the pipe.
    const line = `"${process.execPath}" "${command.file}" diagnose ${stage.there.join(' ')} -o json > "${command.file}.out"`;
    const { code, out } = await runProgram('script', ['-qec', line, '/dev/null'], { env: { TERM: 'xterm' } });
    expect(code).toBe(1);
    expect(out).toMatch(/VirtOperatorDown: \d+ of 14 questions answered\r/);
    expect(out.endsWith('\r\u001b[2K')).toBe(true);
  });
});
