import { type Query, queryText } from '../engine/source';
import { burstOf, callsByCode, callsByPod, failedShare, failingCalls, highOf, rawCalls } from './restReadings';
import { virtApi } from './workloads';

const of = { ...virtApi, in: 'openshift-cnv' };
const written = (query: Query): string => queryText(query as Query & { values: string[] });

it.each<[string, Query, string]>([
  ['calls by code', callsByCode(burstOf(of)),
    'sum by (code) (rate(kubevirt_rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*"}[5m])) or sum by (code) (rate(rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*"}[5m]))'],
  ['the share of the rule', failedShare(highOf(of)),
    'sum(rate(kubevirt_rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*",code=~"(4|5)[0-9][0-9]"}[60m])) / sum(rate(kubevirt_rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*"}[60m])) ' +
    'or sum(rate(rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*",code=~"(4|5)[0-9][0-9]"}[60m])) / sum(rate(rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*"}[60m]))'],
  ['calls without an answer by pod', callsByPod(burstOf(of), 'unanswered'),
    'sum by (pod) (rate(kubevirt_rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*",code="<error>"}[5m])) or sum by (pod) (rate(rest_client_requests_total{namespace="openshift-cnv",pod=~"virt-api-.*",code="<error>"}[5m]))'],
  ['the raw series', rawCalls(burstOf(of)), '{__name__=~"kubevirt_rest_client_requests_total|rest_client_requests_total",namespace="openshift-cnv",pod=~"virt-api-.*"}'],
])('writes %s for both names of the counter', (_, query, text) => expect(written(query)).toBe(text));

it('asks for the calls that fail most, 20 at most', () => {
  expect(written(failingCalls(burstOf(of)))).toMatch(/^topk\(20, sum by \(verb, resource, code\) \(rate\(kubevirt_rest_client_requests_total\{.*\}\[5m\]\)\) > 0 or sum by .* > 0\)$/);
});

it('escapes what it narrows by', () => {
  expect(written(callsByPod(burstOf(of), 'failed', { verb: 'GET', resource: 'a"} or up{x="' }))).toContain('verb="GET",resource="a\\"} or up{x=\\""');
});
