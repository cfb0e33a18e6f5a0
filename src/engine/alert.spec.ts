import { formOf, identityOf, reportAlert } from './alert';
import { msg } from './message';
import { type Evidence } from './observation';
import { type RuleForm, type Runbook, defineRunbook } from './runbook';
import { type LoadedAlert, type LoadedRule } from './source';

const form = (id: string, expr: string, rest: Partial<RuleForm> = {}): RuleForm => ({ id, expr, for: 600, releases: id, ...rest });
const runbook = (rest: Partial<Runbook> = {}): Runbook => defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], identity: ['namespace'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [form('1.8.4', 'up == 0')], diagnosis: [], causes: [], source: { url: '', revision: '', date: '', releases: '' }, ...rest,
});
const alert = (labels: Record<string, string>, rest: Partial<LoadedAlert> = {}): LoadedAlert => ({ labels: { alertname: 'Down', ...labels }, annotations: { summary: 's' }, state: 'firing', activeAt: '2026-11-21T09:00:00Z', ...rest });
const rule = (alerts: readonly LoadedAlert[], rest: Partial<LoadedRule> = {}): LoadedRule => ({ alert: 'Down', expr: 'up == 0', for: 600, interval: 30, labels: { severity: 'critical' }, annotations: {}, health: 'ok', alerts, ...rest });
const evidence = (items: readonly LoadedRule[], rest: Partial<Evidence<LoadedRule>> = {}): Evidence<LoadedRule> => ({ items, complete: true, absent: false, readAt: 0, more: 0, missing: [], ...rest });
const of = (rules: readonly LoadedRule[], labels: Record<string, string> = {}, rest: Partial<Evidence<LoadedRule>> = {}, book = runbook()) => {
  const found = evidence(rules, rest);
  return reportAlert(book, labels, found, found.missing);
};

const RED = alert({ namespace: 'red', severity: 'critical', pod: 'a', prometheus: 'k8s-0' });
const BLUE = alert({ namespace: 'blue', severity: 'critical', pod: 'b' }, { state: 'pending' });

describe('the state of an alert', () => {
  it.each<[string, readonly LoadedRule[], Record<string, string>, Partial<Evidence<LoadedRule>>, string]>([
    ['fires', [rule([RED])], {}, {}, 'firing'],
    ['is pending', [rule([BLUE])], {}, {}, 'pending'],
    ['fires, in this instance', [rule([BLUE, RED])], { namespace: 'red' }, {}, 'firing'],
    ['is pending, in this instance', [rule([BLUE, RED])], { namespace: 'blue' }, {}, 'pending'],
    ['no longer fires here, but elsewhere', [rule([BLUE])], { namespace: 'red' }, {}, 'gone'],
    ['fires in another severity', [rule([RED])], { namespace: 'red', severity: 'warning' }, {}, 'gone'],
    ['does not fire', [rule([])], {}, {}, 'inactive'],
    ['no longer fires at all', [rule([])], { namespace: 'red' }, {}, 'inactive'],
    ['is inactive', [rule([alert({}, { state: 'inactive' })])], {}, {}, 'inactive'],
    ['has no rule here', [], {}, {}, 'inactive'],
    ['cannot be told from a part of the rules', [], {}, { complete: false }, 'unknown'],
    ['cannot be told from none', [], {}, { complete: false, missing: [{ reading: 'rules', reason: 'forbidden' }] }, 'unknown'],
    ['fires, as was read a while ago', [rule([RED])], {}, { complete: false, missing: [{ reading: 'rules', reason: 'stale' }] }, 'firing'],
  ])('that %s', (_, rules, labels, rest, state) => {
    expect(of(rules, labels, rest).state).toBe(state);
  });
  it('tells what was missing', () => {
    expect(of([], {}, { complete: false, missing: [{ reading: 'rules', reason: 'forbidden' }] }).missing).toEqual([{ reading: 'rules', reason: 'forbidden' }]);
  });
});

describe('what it follows from', () => {
  const book = runbook({ related: [{ alert: 'OwnerDown', relation: 'cause' }, { alert: 'Earlier', relation: 'cause' }, { alert: 'Low', relation: 'sibling' }] });
  const other = (name: string, rest: Partial<LoadedAlert> = {}): LoadedRule => rule([alert({ alertname: name }, rest)], { alert: name });
  it('are the causes that fire, what began first in front', () => {
    const rules = [rule([RED]), other('OwnerDown'), other('Earlier', { activeAt: '2026-11-21T08:00:00Z' }), other('Low')];
    expect(of(rules, {}, {}, book).causedBy).toEqual([{ alert: 'Earlier', activeAt: '2026-11-21T08:00:00Z' }, { alert: 'OwnerDown', activeAt: '2026-11-21T09:00:00Z' }]);
  });
  it('is nothing while the cause is only pending, or the alert itself does not fire', () => {
    expect(of([rule([RED]), other('OwnerDown', { state: 'pending' })], {}, {}, book).causedBy).toEqual([]);
    expect(of([rule([]), other('OwnerDown')], {}, {}, book).causedBy).toEqual([]);
  });
});

describe('an instance', () => {
  it('is told by the labels that the runbook declares, and severity', () => {
    expect(identityOf({ identity: ['namespace', 'name'] }, { ...RED.labels, name: '' })).toEqual({ namespace: 'red', severity: 'critical', name: '' });
  });
  it('is not told by what the scrape or Prometheus adds', () => {
    expect(of([rule([RED])], { namespace: 'red', severity: 'critical', pod: 'another', instance: '10.0.0.1:8443', prometheus: 'openshift-monitoring/k8s' })).toMatchObject({ state: 'firing', labels: RED.labels });
    expect(of([rule([RED])], { pod: 'another' })).toMatchObject({ state: 'firing' });
  });
  it('keeps what the address says when it is gone', () => {
    expect(of([rule([BLUE])], { namespace: 'red' })).toMatchObject({ labels: { namespace: 'red' }, others: [BLUE.labels], activeAt: undefined, annotations: {} });
  });
  it('carries what is known of it', () => {
    expect(of([rule([RED])])).toMatchObject({ name: 'Down', labels: RED.labels, activeAt: '2026-11-21T09:00:00Z', annotations: { summary: 's' }, others: [] });
  });
  it('among several is the one that fires', () => {
    expect(of([rule([BLUE, RED, alert({ namespace: 'green' }, { state: 'inactive' })])])).toMatchObject({ labels: RED.labels, others: [BLUE.labels] });
  });
});

describe('an alert under several rules', () => {
  it('goes by its aliases', () => {
    expect(of([rule([RED], { alert: 'OldDown' })], {}, {}, runbook({ aliases: ['OldDown'] }))).toMatchObject({ name: 'OldDown', state: 'firing' });
    expect(of([rule([RED], { alert: 'OldDown' })])).toMatchObject({ name: 'Down', state: 'inactive', rule: undefined });
  });
  it('shows the rule that the instance comes from, or that of its severity', () => {
    const warning = rule([], { labels: { severity: 'warning' }, for: 60 });
    expect(of([warning, rule([RED])]).rule).toMatchObject({ severity: 'critical', for: 600 });
    expect(of([rule([]), warning], { severity: 'warning' }).rule).toMatchObject({ severity: 'warning', for: 60 });
    expect(of([rule([]), warning]).rule).toMatchObject({ severity: 'critical' });
  });
  it('shows the loaded rule, not the one that the text was written for', () => {
    expect(of([rule([RED], { expr: 'up < 1', for: 5, health: 'err', lastError: 'x', keepFiringFor: 10 })]).rule)
      .toEqual({ expr: 'up < 1', for: 5, keepFiringFor: 10, interval: 30, labels: { severity: 'critical' }, severity: 'critical', health: 'err', lastError: 'x', form: null, releases: undefined });
    expect(of([rule([RED])]).rule).toMatchObject({ form: '1.8.4', releases: '1.8.4' });
  });
});

describe('formOf', () => {
  const sum = form('1.8.4', 'leading == 0', { records: 'sum(x{namespace="$NAMESPACE"})' });
  const zero = form('main', 'leading == 0', { records: 'sum(x{namespace="$NAMESPACE"}) or vector(0)' });
  const old = form('old', 'leading < 1');
  const forms = [sum, zero, old];
  const record = (expr: string) => [{ name: 'leading', expr }];
  it.each<[string, Pick<LoadedRule, 'expr' | 'records' | 'labels'>, string | undefined]>([
    ['told by its expression', { expr: 'leading < 1', labels: {} }, 'old'],
    ['told by its recording rule', { expr: 'leading == 0', records: record('sum(x{namespace="openshift-cnv"})'), labels: {} }, '1.8.4'],
    ['of main', { expr: 'leading == 0', records: record("sum(x{namespace='a'}) or vector(0)"), labels: {} }, 'main'],
    ['with several recording rules', { expr: 'leading == 0', records: [...record('up'), ...record('sum(x{namespace="a"})')], labels: {} }, '1.8.4'],
    ['whose recording rule is another', { expr: 'leading == 0', records: record('max(x)'), labels: {} }, undefined],
    ['whose recording rule could not be read', { expr: 'leading == 0', labels: {} }, undefined],
    ['without any recording rule', { expr: 'leading == 0', records: [], labels: {} }, undefined],
    ['whose expression could not be read', { labels: {} }, undefined],
    ['that is none of ours', { expr: 'other', labels: {} }, undefined],
  ])('knows a rule %s', (_, loaded, id) => {
    expect(formOf(forms, loaded)?.id).toBe(id);
  });
  it('tells two severities of one release apart', () => {
    const both = [form('w', 'x > 1', { severity: 'warning' }), form('c', 'x > 1', { severity: 'critical' })];
    expect(formOf(both, { expr: 'x > 1', labels: { severity: 'critical' } })?.id).toBe('c');
    expect(formOf(both, { expr: 'x > 1', labels: {} })).toBeUndefined();
  });
});

describe('when it clears', () => {
  it.each<[Partial<LoadedRule>, number | undefined]>([
    [{}, 90], [{ expr: 'rate(x[1h]) > 0' }, 3690], [{ keepFiringFor: 300 }, 390], [{ interval: undefined }, 120], [{ expr: undefined }, undefined],
  ])('of %j', (rest, seconds) => {
    expect(of([rule([RED], rest)]).clearsAfter).toBe(seconds);
  });
  it('is not known without a rule', () => {
    expect(of([]).clearsAfter).toBeUndefined();
  });
});
