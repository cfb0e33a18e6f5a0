import { parser } from '@prometheus-io/lezer-promql';
import { type ElementRefs, type Kind, each, promql, queryText } from './source';
import { type Ref, label } from './late';

const HOSTILE = [
  'red', '', 'a"b', "a'b", 'a`b', 'a\\', '\\"', 'a\nb', 'a\r\nb', '\t', '\0', '\u0001\u007f\u2028\u202e', '{}', '}', '"} or up{x="', 'ns"} or vector(1) #', '# comment',
  '日本語', '👾', 'a,b', '$1', '$&', '.*', '{{x}}', '%22', 'a\\nb', '\\', '\\\\"', 'x'.repeat(10_000),
];

/** Label values of a query as Prometheus parses it: strings of Go, of which ours are those that JSON knows too. */
const parse = (query: string) => {
  const strings: string[] = [];
  const nodes: string[] = [];
  let errors = 0;
  parser.parse(query).iterate({
    enter: (node) => {
      nodes.push(node.name);
      if (node.type.isError) errors += 1;
      if (node.name === 'StringLiteral') strings.push(JSON.parse(query.slice(node.from, node.to)) as string);
    },
  });
  return { strings, nodes, errors };
};

describe('promql', () => {
  const shape = parse(queryText({ parts: ['up{namespace="', '",pod="x"}'], values: ['red'] })).nodes;

  it.each(HOSTILE)('keeps %j inside its quotes', (value) => {
    const { strings, nodes, errors } = parse(queryText({ parts: ['up{namespace="', '",pod="x"}'], values: [value] }));
    expect({ strings, nodes, errors }).toEqual({ strings: [value, 'x'], nodes: shape, errors: 0 });
  });

  it('fills every hole in order, and leaves the text around it as it is', () => {
    expect(queryText({ parts: ['a{x="', '"} / b{x=~"\\\\d+",y="', '"}'], values: ['1', '"'] })).toBe('a{x="1"} / b{x=~"\\\\d+",y="\\""}');
    expect(promql`up{namespace="${label('namespace')}"}`).toEqual({ parts: ['up{namespace="', '"}'], values: [label('namespace')] });
  });

  it('does not compile with a number or an object in a hole', () => {
    // @ts-expect-error A number needs no quoting and is no label value.
    void promql`up > ${1}`;
    // @ts-expect-error Of a list, each element has a query of its own.
    void promql`up{pod="${{ from: 'output', step: 'a', output: 'b' } as Ref<readonly string[]>}"}`;
    expect.assertions(0);
  });
});

describe('each', () => {
  interface Pod { readonly name: string; readonly in: string }
  const pods: Ref<readonly Pod[]> = { from: 'output', step: 'earlier', output: 'pods' };
  const Pods: Kind<{ readonly spec: string }> = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };

  it('calls the author once, with references into the element', () => {
    const author = jest.fn((pod: ElementRefs<Pod>) => ({ kind: 'object', of: Pods, in: pod.in, name: pod.name, part: 'full' }) as const);
    const made = each(pods, { atMost: 3 }, author);
    expect(author).toHaveBeenCalledTimes(1);
    expect(made).toEqual({
      kind: 'each', over: pods, atMost: 3,
      source: { kind: 'object', of: Pods, part: 'full', in: { from: 'element', path: ['in'] }, name: { from: 'element', path: ['name'] } },
    });
  });

  it('is plain data', () => {
    const made = each(pods, { atMost: 3 }, (pod) => ({ kind: 'log', in: pod.in, pod: pod.name, tail: 10 }));
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it('takes elements that are names themselves', () => {
    const made = each({ from: 'output', step: 'earlier', output: 'names' } as Ref<readonly string[]>, { atMost: 1 }, (name) => ({ kind: 'log', in: 'red', pod: name, tail: 10 }));
    expect(made.source).toEqual({ kind: 'log', in: 'red', pod: { from: 'element', path: [] }, tail: 10 });
  });

  it('does not compile with a field that the element does not have', () => {
    // @ts-expect-error There is no such field.
    each(pods, { atMost: 1 }, (pod) => ({ kind: 'log', in: pod.in, pod: pod.pod, tail: 10 }));
    expect.assertions(0);
  });
});
