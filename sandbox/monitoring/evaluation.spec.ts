import { durationSeconds, isAlerting, loadRules } from '../rules/rules';
import { levelsOf, lives } from './evaluation';
import { historyOf, prolonged, spanBefore } from './history';
import { seriesKey, valueText } from './openmetrics';

describe('levels of recording rules', () => {
  it('puts a rule behind those it needs', () => {
    const rules = [
      { record: 'c', expr: 'b + raw' },
      { record: 'b', expr: 'sum(a)' },
      { record: 'a', expr: 'count(raw_a)' },
    ];
    expect(levelsOf([{ name: 'any', rules }]).map((level) => level.map(({ record }) => record))).toEqual([['a'], ['b'], ['c']]);
  });

  it('refuses a circle', () => {
    const rules = [
      { record: 'a', expr: 'b' },
      { record: 'b', expr: 'a' },
    ];
    expect(() => levelsOf([{ name: 'any', rules }])).toThrow('need each other: a, b');
  });

  it.each(['kubevirt-1.8.4', 'kubevirt-main'] as const)('orders the rules of %s', (name) => {
    const groups = loadRules(name);
    const count = groups.flatMap(({ rules }) => rules.filter((rule) => !isAlerting(rule))).length;
    expect(levelsOf(groups).flat()).toHaveLength(count);
  });
});

describe('lives of an alert', () => {
  it('begins a new one after a gap', () => {
    const at = (second: number): [number, number] => [second, 1];
    expect(lives([at(0), at(30), at(60), at(180), at(210)], 30)).toEqual([
      [0, 60],
      [180, 210],
    ]);
  });
});

describe('history', () => {
  const span = spanBefore(new Date(100_000), 60, 30);

  it('lies on a grid that ends at its end', () => {
    expect(span).toEqual({ from: 40, to: 100, step: 30 });
  });

  it('collects what there was at each instant', () => {
    const series = historyOf((at) => (at.getTime() < 90_000 ? [{ name: 'gone', labels: {}, value: 1 }] : [{ name: 'there', labels: { b: '2', a: '1' }, value: 2 }]), span);
    expect(series).toEqual([
      { key: 'gone', points: [[40, 1], [70, 1]] },
      { key: 'there{a="1",b="2"}', points: [[100, 2]] },
    ]);
    expect(prolonged(series, span, new Date(103_000))).toEqual([{ key: 'there{a="1",b="2"}', points: [[103, 2]] }]);
  });
});

describe('text of a sample', () => {
  it('escapes what would end a label early, and leaves out empty labels', () => {
    expect(seriesKey('up', { pod: 'a"b\\c\nd', job: '' })).toBe('up{pod="a\\"b\\\\c\\nd"}');
    expect(seriesKey('up', {})).toBe('up');
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [0.5, '0.5'],
  ])('spells %p as %s', (value, text) => expect(valueText(value)).toBe(text));
});

describe('rules', () => {
  it('reads durations', () => {
    expect([undefined, '0', '90s', '1h30m', '1d'].map(durationSeconds)).toEqual([0, 0, 90, 5_400, 86_400]);
    expect(() => durationSeconds('10 minutes')).toThrow('not a Prometheus duration');
  });

  it('carries the label of the platform on alerts, and not on recorded series', () => {
    const rules = loadRules('kubevirt-1.8.4').flatMap((group) => group.rules);
    expect(rules.filter(isAlerting)).toHaveLength(38);
    for (const rule of rules) expect(rule.labels?.['prometheus']).toBe(isAlerting(rule) ? 'openshift-monitoring/k8s' : undefined);
  });

  it('names the install namespace and no other', () => {
    const namespaces = loadRules('kubevirt-1.8.4').flatMap(({ rules }) => rules.flatMap(({ expr }) => [...expr.matchAll(/\bnamespace=["']([^"']*)["']/g)].map(([, name]) => name)));
    expect(new Set(namespaces)).toEqual(new Set(['openshift-cnv']));
  });

  it('lays the forms of main over the release', () => {
    const released = loadRules('kubevirt-1.8.4').flatMap(({ rules }) => rules);
    const main = loadRules('kubevirt-main').flatMap(({ rules }) => rules);
    const exprOf = (rules: typeof main, record: string): string | undefined => rules.find((rule) => 'record' in rule && rule.record === record)?.expr;
    expect(exprOf(released, 'cluster:kubevirt_virt_operator_leading:sum')).not.toContain('vector(0)');
    expect(exprOf(main, 'cluster:kubevirt_virt_operator_leading:sum')).toContain('or vector(0)');
    const names = main.filter(isAlerting).map(({ alert }) => alert);
    expect(names).toContain('NoLeadingVirtController');
    expect(names).not.toContain('VirtualMachineInstanceHasEphemeralHotplugVolume');
    expect(main.filter(isAlerting).find(({ alert }) => alert === 'VirtOperatorDown')?.labels['namespace']).toBe('openshift-cnv');
  });
});
