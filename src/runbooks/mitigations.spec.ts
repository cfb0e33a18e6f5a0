import { spawnSync } from 'node:child_process';
import { type Command, type Lookup, type Message, type Mitigation, type Ref, type Runbook, fillCommand, isRef, plainText, refsIn } from '../engine';
import { GROUP_LOADERS } from './shelf';

/** A mitigation where a runbook offers it, with the words for a failing test. */
interface Offered {
  readonly where: string;
  readonly runbook: Runbook;
  readonly mitigation: Mitigation;
}

const offersOf = (runbook: Runbook): readonly Offered[] =>
  [...runbook.causes, ...runbook.company, { mitigations: runbook.always }]
    .flatMap(({ mitigations }) => mitigations)
    .map((mitigation) => ({ where: `${runbook.alert}: ${mitigation.id}`, runbook, mitigation }));

const all = async (): Promise<readonly Offered[]> =>
  (await Promise.all(Object.values(GROUP_LOADERS).map((load) => load()))).flatMap(({ runbooks }) => runbooks.flatMap(offersOf));

const commandsOf = (mitigation: Mitigation): readonly Command[] => ('commands' in mitigation ? mitigation.commands ?? [] : []);

const isKnown = ({ diagnosis }: Runbook, ref: Ref<unknown>): boolean => ref.from !== 'output' || Object.hasOwn(diagnosis.find(({ id }) => id === ref.step)?.out ?? {}, ref.output);

// Everything asked for is known, by a name that a careless command would break at.
const knowing: Lookup = <T>() => ({ state: 'known', value: 'a b;c' as T });

/** Texts of a mitigation, by what they are. */
const textsOf = ({ title, summary, vms, undo, ...rest }: Mitigation): Readonly<Record<string, Message>> => ({
  title, summary, vms, undo,
  ...('todo' in rest ? Object.fromEntries(rest.todo.map((text, place) => [`todo ${place + 1}`, text])) : {}),
  ...('safeWhen' in rest && rest.safeWhen ? { safeWhen: rest.safeWhen } : {}),
});

const findings = async (judge: (one: Offered) => readonly string[]): Promise<readonly string[]> =>
  (await all()).flatMap((one) => judge(one).map((finding) => `${one.where}: ${finding}`));

test('every mitigation says what it does, what VMs notice and how it is undone, in whole sentences', async () => {
  expect((await all()).length).toBeGreaterThan(30);
  expect(await findings(({ mitigation }) => Object.entries(textsOf(mitigation)).flatMap(([name, text]) => {
    const words = plainText(text).trim();
    return words === '' || (name !== 'title' && !/[.?]$/.test(words)) || (name === 'title' && /\.$/.test(words)) ? [`${name} “${words}”`] : [];
  }))).toEqual([]);
});

test('every mitigation offers something to do: a place, commands, a plan or a list', async () => {
  expect(await findings(({ mitigation }) => {
    if (mitigation.mode === 'navigate' || mitigation.mode === 'execute') return [];
    return (mitigation.mode === 'manual' ? mitigation.todo : mitigation.commands).length > 0 ? [] : ['nothing'];
  })).toEqual([]);
});

test('commands take their targets from steps that the runbook asks', async () => {
  expect(await findings(({ runbook, mitigation }) => refsIn([commandsOf(mitigation), mitigation.mode === 'navigate' ? mitigation.place : []])
    .filter((ref) => !isKnown(runbook, ref)).map((ref) => JSON.stringify(ref)))).toEqual([]);
});

test('with its targets known, a command is complete: no place is left to fill in, and each target is one word', async () => {
  expect(await findings(({ mitigation }) => commandsOf(mitigation).flatMap((command) => {
    const { text, open } = fillCommand(command, knowing);
    const isOpen = open.length > 0 || /‹|›|<[a-z]|\bundefined\b|(?<!\/dev\/)\bnull\b|\[object|\{\{/i.test(text) || !/(^|[ (|])(oc|virtctl|kubectl) /.test(text);
    const isLoose = command.values.some(isRef) && !text.includes("'a b;c'");
    return isOpen || isLoose ? [text] : [];
  }))).toEqual([]);
});

test('a shell can read every command', async () => {
  expect(await findings(({ mitigation }) => commandsOf(mitigation).flatMap((command) => {
    const { text } = fillCommand(command, knowing);
    const { status, stderr } = spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' });
    return status === 0 ? [] : [`${text}: ${stderr}`];
  }))).toEqual([]);
});

test('nothing is forced, hurried or torn from its owner, unless somebody typed what makes it safe', async () => {
  const rough = /--force|--grace-period|--now\b|--cascade=orphan|finalizers|\bdelete\b.* --all\b/;
  expect(await findings((one) => commandsOf(one.mitigation).map((command) => fillCommand(command, knowing).text)
    .filter((text) => rough.test(text) && !('safeWhen' in one.mitigation && one.mitigation.safeWhen)))).toEqual([]);
});

test('what changes something says a risk, and what carries none changes nothing', async () => {
  const changes = /\b(oc|virtctl)( -n \S+)? (delete|create|patch|apply|set|scale|adm (cordon|drain|uncordon|taint)|annotate|label|restart|replace)\b/;
  expect(await findings(({ mitigation }) => commandsOf(mitigation)
    .map((command) => fillCommand(command, knowing).text)
    .filter((text) => mitigation.risk === 'none' && changes.test(text)))).toEqual([]);
});

test('what this page carries out reads its own evidence', async () => {
  const executing = (await all()).filter(({ mitigation }) => mitigation.mode === 'execute');
  expect(executing.length).toBeGreaterThan(2);
  expect(executing.filter(({ mitigation }) => mitigation.mode === 'execute' && Object.keys(mitigation.reads).length === 0).map(({ where }) => where)).toEqual([]);
});
