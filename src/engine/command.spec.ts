import { execFileSync } from 'node:child_process';
import { type FilledCommand, fillCommand, fillQuery, nameOf, quoted, sh } from './command';
import { type Lookup, type Ref, type Resolved, label, text } from './late';
import { promql } from './source';

const HOSTILE = [
  'plain', '', ' ', 'two words', '$(id)', '`id`', '$HOME', '"', "'", "''", "'; id; '", '\\', '\\n', 'a\nb', '\n', 'a;b', 'a&b', 'a|b', '>x', '<x', '*', '?', '[a]', '~', '~root', '#x', '!x', '(x)', '{a,b}',
  'a=b', 'x\t', '日本', '\u202e', '-n', '--as=admin', "it's 'quoted' twice", 'x'.repeat(5000), '‹name›', '%s', 'a%sb',
];

const lookup: Lookup = <T>(ref: Ref<T>): Resolved<T> =>
  (ref.from === 'label' ? { state: 'known', value: `it's ${ref.names[0]}` as T } : { state: 'pending' });
const open: Ref<string> = { from: 'output', step: 'podsRunning', output: 'worst' };

describe('quoted', () => {
  it('is read by a shell as one word, unchanged', () => {
    const script = HOSTILE.map((word) => `printf '%s\\0' ${quoted(word)}`).join('\n');
    const read = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', cwd: '/' }).split('\0').slice(0, -1);
    expect(read).toEqual(HOSTILE);
  });
  it('leaves plain names as they are', () => {
    expect(['virt-operator', 'a/b', 'app=x,tier=y', 'user@host:1', '50%'].map(quoted)).toEqual(['virt-operator', 'a/b', 'app=x,tier=y', 'user@host:1', '50%']);
  });
});

describe('fillCommand', () => {
  it.each<[string, ReturnType<typeof sh>, FilledCommand]>([
    ['nothing late', sh`oc get nodes`, { language: 'shell', text: 'oc get nodes', open: [] }],
    ['a literal', sh`oc get pod ${'a b'} --tail=${5}`, { language: 'shell', text: "oc get pod 'a b' --tail=5", open: [] }],
    ['a label', sh`oc -n ${label('namespace')} get pods`, { language: 'shell', text: String.raw`oc -n 'it'\''s namespace' get pods`, open: [] }],
    ['what is not known yet', sh`oc logs ${open} -n ${label('ns')}`, { language: 'shell', text: String.raw`oc logs ‹worst› -n 'it'\''s ns'`, open: ['worst'] }],
    ['late text that is not known', sh`oc get vmi -l ${text`kubevirt.io/nodeName=${open}`}`, { language: 'shell', text: 'oc get vmi -l ‹worst›', open: ['worst'] }],
  ])('writes %s', (_, command, filled) => {
    expect(fillCommand(command, lookup)).toEqual(filled);
  });
});

describe('fillQuery', () => {
  it('escapes for PromQL and not for a shell', () => {
    expect(fillQuery(promql`up{a="${label('x')}",b="${'"'}"}`, lookup)).toEqual({ language: 'promql', text: 'up{a="it\'s x",b="\\""}', open: [] });
    expect(fillQuery(promql`up{a="${open}"}`, lookup)).toEqual({ language: 'promql', text: 'up{a="‹worst›"}', open: ['worst'] });
  });
});

describe('nameOf', () => {
  it.each<[Ref<string>, string]>([
    [label('node', 'instance'), 'node'], [label(), 'label'], [open, 'worst'],
    [{ from: 'element', path: ['metadata', 'name'] }, 'name'], [{ from: 'element', path: [] }, 'item'],
    [text`${label('a')}/${open}/${'known'}`, 'a worst'],
  ])('calls %j %s', (ref, name) => {
    expect(nameOf(ref)).toBe(name);
  });
});
