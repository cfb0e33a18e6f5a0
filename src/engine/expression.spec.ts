import { isSameExpression, longestRange } from './expression';

// As released in KubeVirt 1.8.4, and as Prometheus 2.53 handed the loaded rule out at /api/v1/rules.
const LOADED: readonly (readonly [string, string, string])[] = [
  ['matchers are sorted', "count(kube_pod_status_phase{pod=~'virt-operator-.*', namespace='kubevirt', phase='Running'} == 1) or vector(0)", 'count(kube_pod_status_phase{namespace="kubevirt",phase="Running",pod=~"virt-operator-.*"} == 1) or vector(0)'],
  ['blanks are normalised', 'sum ( rate ( kubevirt_rest_client_requests_total{namespace="kubevirt",pod=~"virt-api-.*",code=~"(4|5)[0-9][0-9]"} [5m] ) )  /  sum ( rate ( kubevirt_rest_client_requests_total{namespace="kubevirt",pod=~"virt-api-.*"} [5m] ) ) >= 0.8', 'sum(rate(kubevirt_rest_client_requests_total{code=~"(4|5)[0-9][0-9]",namespace="kubevirt",pod=~"virt-api-.*"}[5m])) / sum(rate(kubevirt_rest_client_requests_total{namespace="kubevirt",pod=~"virt-api-.*"}[5m])) >= 0.8'],
  ['`by` goes first', 'count(count (kube_node_status_allocatable) by (node)) - cluster:kubevirt_non_schedulable_nodes:sum', 'count(count by (node) (kube_node_status_allocatable)) - cluster:kubevirt_non_schedulable_nodes:sum'],
  ['`by` and `on` get a blank', "(((max by (node) (kube_pod_status_ready{condition='true',pod=~'virt-handler.*'} * on(pod) group_left(node) max by(pod,node)(kube_pod_info{pod=~'virt-handler.*',node!=''})) ) == 1) or (count by (node)( kube_pod_info{pod=~'virt-launcher.*',node!=''})*0)) == 0", '(((max by (node) (kube_pod_status_ready{condition="true",pod=~"virt-handler.*"} * on (pod) group_left (node) max by (pod, node) (kube_pod_info{node!="",pod=~"virt-handler.*"}))) == 1) or (count by (node) (kube_pod_info{node!="",pod=~"virt-launcher.*"}) * 0)) == 0'],
  ['large numbers get an exponent', 'vmi:kubevirt_vmi_swap_traffic_bytes:rate5m > 1048576', 'vmi:kubevirt_vmi_swap_traffic_bytes:rate5m > 1.048576e+06'],
];

describe('isSameExpression', () => {
  it.each(LOADED)('knows a released rule in what Prometheus made of it: %s', (_, released, loaded) => {
    expect(isSameExpression(released, loaded)).toBe(true);
  });
  it.each([
    ['the install namespace', 'up{namespace="$NAMESPACE"}', 'up{namespace="openshift-cnv"}'],
    ['the unit of a duration', 'rate(x[60m])', 'rate(x[1h])'],
    ['several units', 'x[90m]', 'x[1h30m]'],
    ['the form of a number', 'x > 0.50', 'x > .5'],
    ['quotes', "x{a='say \"hi\"'}", 'x{a="say \\"hi\\""}'],
    ['backticks', 'x{a=~`\\d+`}', 'x{a=~"\\\\d+"}'],
    ['a comma at the end', 'x{a="b",}', 'x{a="b"}'],
    ['empty braces', 'x{}', 'x'],
    ['`without` behind', 'sum(x) without (a, b)', 'sum without (a, b) (x)'],
    ['nested aggregations', 'sum(max(x{b="1",a="2"}) by (a)) by (b)', 'sum by (b) (max by (a) (x{a="2",b="1"}))'],
  ])('does not mind %s', (_, a, b) => {
    expect(isSameExpression(a, b)).toBe(true);
    expect(isSameExpression(b, a)).toBe(true);
  });
  it.each([
    ['a threshold', 'x > 5', 'x > 6'], ['a comparison', 'x > 5', 'x >= 5'], ['a duration', 'rate(x[5m])', 'rate(x[10m])'], ['a value', 'x{a="b"}', 'x{a="c"}'],
    ['a blank inside a value', 'x{a="a b"}', 'x{a="ab"}'], ['a brace inside a value', 'x{a="}"}', 'x{a="{"}'], ['another label that ends alike', 'x{exported_namespace="a"}', 'x{exported_namespace="b"}'],
    ['how the namespace is matched', 'x{namespace="a"}', 'x{namespace!="a"}'], ['`or vector(0)`', 'sum(x)', 'sum(x) or vector(0)'], ['a matcher more', 'x{a="1"}', 'x{a="1",b="2"}'], ['grouping', 'sum by (a) (x)', 'sum by (b) (x)'],
    ['`by` and `without`', 'sum by (a) (x)', 'sum without (a) (x)'], ['the side of a parenthesis', '(a + b) * c', 'a + (b * c)'], ['what is subtracted', 'a - b', 'b - a'], ['a name', 'x', 'y'], ['nothing', 'x', ''],
  ])('minds %s', (_, a, b) => {
    expect(isSameExpression(a, b)).toBe(false);
  });
  it.each(['{', '}', '(((', 'sum(x by (', '"', "x{a='", 'by (', 'x{,}', '\0', '‹›', '[', 'x'.repeat(100_000)])('makes something of what is no PromQL: %p', (expr) => {
    expect(isSameExpression(expr, expr)).toBe(true);
    expect(isSameExpression(expr, 'up')).toBe(false);
  });
});

describe('longestRange', () => {
  it.each([
    ['up == 0', 0], ['rate(x[5m])', 300], ['rate(x[1h30m])', 5400], ['max_over_time(x[10m:1m])', 600], ['max_over_time(x[1h:])', 3600], ['rate(a[5m]) / rate(b[60m])', 3600], ['x[500ms]', 0.5], ['x[1w]', 604_800], ['x[ 5m ]', 300],
    ['x{code=~"[0-9]"}', 0], ['', 0],
  ])('of %s', (expr, seconds) => {
    expect(longestRange(expr)).toBe(seconds);
  });
});
