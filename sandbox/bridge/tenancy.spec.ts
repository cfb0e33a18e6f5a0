import { parser } from '@prometheus-io/lezer-promql';
import { confine, enforceNamespace, isNamespaceName, rulesOf, tenancyEndpoint, UnenforceableQuery } from './tenancy';

/** Every vector selector of a query, as text. */
const selectorsOf = (query: string): string[] => {
  const found: string[] = [];
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.name === 'VectorSelector') found.push(query.slice(node.from, node.to));
    },
  });
  return found;
};

describe('enforceNamespace', () => {
  test.each([
    ['a bare metric', 'up', 'up{namespace="red"}'],
    ['with matchers', 'up{job="a"}', 'up{namespace="red",job="a"}'],
    ['with empty braces', 'up{}', 'up{namespace="red"}'],
    ['with a comma at the end', 'up{job="a",}', 'up{namespace="red",job="a",}'],
    ['with no name', '{__name__=~".+"}', '{namespace="red",__name__=~".+"}'],
    ['with a quoted name', '{"a.b", x="1"}', '{namespace="red","a.b", x="1"}'],
    ['another namespace is asked for', 'up{namespace="blue"}', 'up{namespace="red",namespace="blue"}'],
    ['every namespace is asked for', 'up{namespace=~".*"}', 'up{namespace="red",namespace=~".*"}'],
    ['a namespace is excluded', 'up{namespace!="red"}', 'up{namespace="red",namespace!="red"}'],
    ['inside a range', 'rate(up[5m])', 'rate(up{namespace="red"}[5m])'],
    ['a metric called namespace', 'sum(namespace) by (namespace)', 'sum(namespace{namespace="red"}) by (namespace)'],
    ['a brace inside a string', 'up{a="}"} or up', 'up{namespace="red",a="}"} or up{namespace="red"}'],
    ['a brace inside backticks', 'up{a=`}`}', 'up{namespace="red",a=`}`}'],
    ['an escaped quote', String.raw`up{a="\"} or secret{"}`, String.raw`up{namespace="red",a="\"} or secret{"}`],
    ['a comment in the braces', 'up{ # job="x"\n}', 'up{namespace="red" # job="x"\n}'],
    ['a comment that looks like an end', 'up # }\n or down', 'up{namespace="red"} # }\n or down{namespace="red"}'],
    [
      'a function that adds the label',
      'label_replace(up,"namespace","red","a","b")',
      'label_replace(up{namespace="red"},"namespace","red","a","b")',
    ],
    ['offset and @', 'up offset 5m @ start()', 'up{namespace="red"} offset 5m @ start()'],
    ['a subquery', 'max_over_time(up[5m:1m])', 'max_over_time(up{namespace="red"}[5m:1m])'],
    ['a number', '1 + 1', '1 + 1'],
  ])('%s', (_, query, expected) => {
    expect(enforceNamespace(query, 'red')).toBe(expected);
  });

  test('no selector of a long expression is forgotten, and the result parses', () => {
    const query =
      'sum by (pod) (a{x="1"} * on(pod) group_left(node) b) > bool ignoring(c) (absent(d) unless e[1m:10s] and -f or quantile(0.5, {g="h"}))';
    const selectors = selectorsOf(enforceNamespace(query, 'red'));
    expect(selectors).toHaveLength(6);
    for (const selector of selectors) expect(selector).toContain('namespace="red"');
    expect(() => enforceNamespace(enforceNamespace(query, 'red'), 'red')).not.toThrow();
  });

  test.each(['up{', 'up and', 'up{a="', 'sum(', 'up}', 'up up', ''])('refuses what does not parse: %s', (query) => {
    expect(() => enforceNamespace(query, 'red')).toThrow(UnenforceableQuery);
  });

  test.each(['', 'Red', 'red"} or up{a="', 'a'.repeat(64), '-red', 'red\n', '.*'])(
    'refuses a namespace that cannot be one: %j',
    (namespace) => {
      expect(isNamespaceName(namespace)).toBe(false);
      expect(() => enforceNamespace('up', namespace)).toThrow(UnenforceableQuery);
    },
  );
});

describe('confine', () => {
  const confined = (text: string, endpoint: string) => confine(new URLSearchParams(text), 'red', endpoint).toString();
  test('takes the namespace out and keeps the rest', () => {
    expect(confined('namespace=red&query=up&time=5', 'query')).toBe(
      new URLSearchParams({ query: 'up{namespace="red"}', time: '5' }).toString(),
    );
  });
  test('confines each of several selectors', () => {
    expect(confine(new URLSearchParams('match[]=up&match[]=down'), 'red', 'series').getAll('match[]')).toEqual([
      'up{namespace="red"}',
      'down{namespace="red"}',
    ]);
  });
  test('gives a selector to an endpoint that was given none', () => {
    expect(confine(new URLSearchParams('namespace=red'), 'red', 'labels').getAll('match[]')).toEqual(['{namespace="red"}']);
  });
});

test('rulesOf keeps the rules that carry the namespace, and no empty group', () => {
  const body = {
    status: 'success',
    data: {
      groups: [
        { name: 'one', rules: [{ name: 'a', labels: { namespace: 'red' } }, { name: 'b', labels: { namespace: 'blue' } }, { name: 'c' }] },
        { name: 'two', rules: [{ name: 'd' }] },
      ],
    },
  };
  expect(rulesOf(body, 'red')).toEqual({
    status: 'success',
    data: { groups: [{ name: 'one', rules: [{ name: 'a', labels: { namespace: 'red' } }] }] },
  });
  expect(rulesOf({ status: 'success' }, 'red').data?.groups).toEqual([]);
});

test('tenancyEndpoint serves what the cluster serves, and nothing else', () => {
  expect(tenancyEndpoint('/api/v1/query_range')).toBe('query_range');
  expect(tenancyEndpoint('/api/v1/label/pod/values')).toBe('label/pod/values');
  for (const path of ['/api/v1/targets', '/api/v1/admin/tsdb/snapshot', '/federate', '/api/v1/query/../targets', '/api/v1/alerts']) {
    expect(tenancyEndpoint(path)).toBeUndefined();
  }
});
