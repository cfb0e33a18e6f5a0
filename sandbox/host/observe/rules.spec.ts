import type { Alert, PrometheusRulesResponse, Silence } from '@openshift-console/dynamic-plugin-sdk';
import { alertPath, alertsIn, alertWith, bySeverity, isPlatform, isSilencing, ruleId } from './rules';

const group = { file: '/etc/prometheus/rules/kubevirt.yaml', name: 'kubevirt.rules' };
const rule = {
  type: 'alerting',
  name: 'VirtOperatorDown',
  query: 'kubevirt_virt_operator_up == 0',
  duration: 600,
  labels: { prometheus: 'openshift-monitoring/k8s', severity: 'critical' },
  annotations: {},
  state: 'firing',
  alerts: [
    {
      state: 'firing',
      activeAt: '2026-01-01T00:00:00Z',
      value: '0e+00',
      annotations: {},
      labels: { alertname: 'VirtOperatorDown', severity: 'critical', namespace: 'openshift-cnv' },
    },
  ],
};
const response = {
  status: 'success',
  data: { groups: [{ ...group, rules: [rule, { ...rule, type: 'recording', alerts: undefined }] }] },
} as unknown as PrometheusRulesResponse;
const silence = (more: object): Silence =>
  ({
    status: { state: 'active' },
    matchers: [{ name: 'alertname', value: 'Virt.*', isRegex: true, isEqual: true }],
    ...more,
  }) as unknown as Silence;

test('an alert has its rule with an id, and the labels of both', () => {
  const [alert] = alertsIn(response);
  expect(alert).toMatchObject({
    state: 'firing',
    rule: { name: 'VirtOperatorDown', id: expect.stringMatching(/^\d+$/) as string },
    labels: { prometheus: 'openshift-monitoring/k8s', namespace: 'openshift-cnv' },
    silencedBy: [],
  });
  expect(alert && isPlatform(alert)).toBe(true);
});

test('the id depends on file, group and every label', () => {
  const id = (file: string, labels: Record<string, string>) => ruleId({ ...group, file }, { ...rule, labels });
  expect(id('a', { x: 'y' })).toBe(id('a', { x: 'y' }));
  expect(new Set([id('a', { x: 'y' }), id('b', { x: 'y' }), id('a', { x: 'z' }), id('a', { y: 'x' })]).size).toBe(4);
});

test('a silence silences what all its matchers match, while it is active', () => {
  expect(alertsIn(response, [silence({})])[0]).toMatchObject({ state: 'silenced', silencedBy: [{}] });
  const labels = { alertname: 'VirtOperatorDown' };
  expect(isSilencing(silence({ status: { state: 'expired' } }), labels)).toBe(false);
  expect(isSilencing(silence({ matchers: [{ name: 'alertname', value: 'Virt', isRegex: true }] }), labels)).toBe(false);
  expect(isSilencing(silence({ matchers: [{ name: 'team', value: 'a', isRegex: false, isEqual: false }] }), labels)).toBe(true);
});

test('an address means the one alert that has its labels', () => {
  const [alert] = alertsIn(response) as [Alert];
  const other: Alert = { ...alert, labels: { ...alert.labels, pod: 'b' } };
  const { pathname, searchParams } = new URL(alertPath({ base: '/monitoring', toolbarContext: '' }, other), 'http://x');
  expect(pathname).toBe(`/monitoring/alerts/${alert.rule.id}`);
  expect(alertWith([alert, other], alert.rule.id, searchParams)).toBe(other);
  expect(alertWith([alert, other], alert.rule.id, new URLSearchParams('severity=critical'))).toBeUndefined();
  expect(alertWith([alert], 'another', searchParams)).toBeUndefined();
});

test('critical before warning before what has no severity', () => {
  const named = (alertname: string, severity?: string) => ({ labels: { alertname, severity } }) as unknown as Alert;
  expect(
    [named('d'), named('c', 'info'), named('b', 'warning'), named('a', 'critical')].sort(bySeverity).map(({ labels }) => labels.alertname),
  ).toEqual(['a', 'b', 'c', 'd']);
});
