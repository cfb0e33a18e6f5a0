import { type LoadedAlert, type LoadedRule, type Runbook } from '../../engine';
import { firingOf, isFiring } from '../../engine/firing';
import { arrange, byAlert, namedVms } from './arrange';

type Related = Runbook['related'];

const rule = (alert: string, severity: string, alerts: readonly Partial<LoadedAlert>[], labels: Record<string, string> = { kubernetes_operator_part_of: 'kubevirt' }): LoadedRule => ({
  alert, labels: { severity, ...labels }, annotations: {}, health: 'ok',
  alerts: alerts.map((one) => ({ annotations: {}, state: 'firing', ...one, labels: { alertname: alert, severity, ...one.labels } })),
});

const firing = (...rules: readonly LoadedRule[]) => firingOf(rules, () => false);
const names = (...trees: readonly { alert: string; consequences: readonly { alert: string }[] }[]) => trees.map(({ alert, consequences }) => [alert, ...consequences.map((one) => one.alert)]);
const relations = (of: Record<string, Related>) => (alert: string) => of[alert] ?? [];

const down = rule('VirtOperatorDown', 'critical', [{ activeAt: '2026-11-21T09:00:00Z' }]);
const low = rule('LowVirtOperatorCount', 'warning', [{ activeAt: '2026-11-21T08:00:00Z' }]);
const hco = rule('HCOOperatorConditionsUnhealthy', 'critical', [{ activeAt: '2026-11-21T09:10:00Z' }]);

test('what follows from a firing alert stands below it, whichever of the two runbooks says so', () => {
  const says = relations({ VirtOperatorDown: [{ alert: 'LowVirtOperatorCount', relation: 'consequence' }], HCOOperatorConditionsUnhealthy: [{ alert: 'VirtOperatorDown', relation: 'cause' }] });
  expect(names(...arrange(firing(low, hco, down), says))).toEqual([['VirtOperatorDown', 'HCOOperatorConditionsUnhealthy', 'LowVirtOperatorCount']]);
});

test('a consequence of a consequence stands in the same tree', () => {
  const says = relations({ VirtOperatorDown: [{ alert: 'HCOOperatorConditionsUnhealthy', relation: 'consequence' }], HCOOperatorConditionsUnhealthy: [{ alert: 'LowVirtOperatorCount', relation: 'consequence' }] });
  expect(names(...arrange(firing(low, hco, down), says))).toEqual([['VirtOperatorDown', 'HCOOperatorConditionsUnhealthy', 'LowVirtOperatorCount']]);
});

test('a relation to an alert that does not fire changes nothing', () => {
  expect(names(...arrange(firing(low), relations({ LowVirtOperatorCount: [{ alert: 'VirtOperatorDown', relation: 'cause' }] })))).toEqual([['LowVirtOperatorCount']]);
});

test('alerts that name each other, or go in a circle, are all there', () => {
  const mutual = relations({ VirtOperatorDown: [{ alert: 'LowVirtOperatorCount', relation: 'consequence' }], LowVirtOperatorCount: [{ alert: 'VirtOperatorDown', relation: 'consequence' }] });
  expect(names(...arrange(firing(low, down), mutual))).toEqual([['VirtOperatorDown'], ['LowVirtOperatorCount']]);
  const circle = relations({
    VirtOperatorDown: [{ alert: 'LowVirtOperatorCount', relation: 'consequence' }],
    LowVirtOperatorCount: [{ alert: 'HCOOperatorConditionsUnhealthy', relation: 'consequence' }],
    HCOOperatorConditionsUnhealthy: [{ alert: 'VirtOperatorDown', relation: 'consequence' }],
  });
  expect(arrange(firing(low, hco, down), circle)).toHaveLength(3);
});

test('instances are gathered by name; the most severe name comes first, then the oldest', () => {
  const many = rule('VMCannotBeEvicted', 'warning', [{ labels: { name: 'b' }, activeAt: '2026-11-21T07:30:00Z' }, { labels: { name: 'a' }, activeAt: '2026-11-21T07:00:00Z' }]);
  const ordered = byAlert(firing(low, many, hco, down));
  expect(ordered.map(({ alert }) => alert)).toEqual(['VirtOperatorDown', 'HCOOperatorConditionsUnhealthy', 'VMCannotBeEvicted', 'LowVirtOperatorCount']);
  expect(ordered[2]).toMatchObject({ activeAt: '2026-11-21T07:00:00Z', severity: 'warning' });
  expect(ordered[2]?.instances).toHaveLength(2);
});

test('only what fires and is of virtualization counts', () => {
  const foreign = rule('KubePodCrashLooping', 'warning', [{}], {});
  const pending = rule('NoReadyVirtOperator', 'critical', [{ state: 'pending' }]);
  expect(firing(foreign, pending)).toEqual([]);
  expect(firingOf([foreign], (alert) => alert === 'KubePodCrashLooping')).toHaveLength(1);
  expect(isFiring([pending], 'NoReadyVirtOperator')).toBe(false);
});

test('VMs are counted once, and only those that alerts of VMs name', () => {
  const vm = (name: string) => ({ labels: { name, namespace: 'blue', operator_health_impact: 'none' } });
  expect(namedVms(firing(rule('A', 'info', [vm('x'), vm('y')]), rule('B', 'info', [vm('x'), { labels: { name: 'z', namespace: 'blue' } }])))).toEqual(['blue/x', 'blue/y']);
});
