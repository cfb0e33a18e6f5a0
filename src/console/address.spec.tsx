import { act, render } from '@testing-library/react';
import { type FC } from 'react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import { type Address, paths, useAddress, useGoTo } from './address';

const ROUTE = '/k8s/ns/:ns/virtualization-overview/runbooks/:alertname';

/** The page at an address: what it takes the address for, and where it then is. */
const at = (address: string, route = ROUTE) => {
  let seen: Address | undefined;
  let goTo: ((path: string) => void) | undefined;
  let where = '';
  const Page: FC = () => {
    seen = useAddress();
    goTo = useGoTo();
    return null;
  };
  const Where: FC = () => {
    const { pathname, search } = useLocation();
    where = pathname + search;
    return null;
  };
  render(<MemoryRouter initialEntries={[address]}><Where /><Routes><Route path={route} element={<Page />} /><Route path="*" element={null} /></Routes></MemoryRouter>);
  return { address: () => seen as Address, where: () => where, setOwn: (own: Record<string, string>) => act(() => seen?.setOwn(own)), goTo: (path: string) => act(() => goTo?.(path)) };
};
const search = (text: string) => at(`/k8s/ns/red/virtualization-overview/runbooks/A${text}`).address();

describe('useAddress', () => {
  it('takes the path apart', () => {
    expect(at('/k8s/ns/red/virtualization-overview/runbooks/A').address()).toMatchObject({ namespace: 'red', alertname: 'A', mitigation: '', labels: {}, malformed: [], own: {} });
    expect(at('/k8s/all-namespaces/virtualization-overview/runbooks/A/mitigate/scale-back', '/k8s/all-namespaces/virtualization-overview/runbooks/:alertname/mitigate/:mitigation').address())
      .toMatchObject({ namespace: undefined, alertname: 'A', mitigation: 'scale-back' });
  });
  it.each<[string, Partial<Address>]>([
    ['', { labels: {}, malformed: [], own: {} }],
    ['?namespace=red&severity=critical', { labels: { namespace: 'red', severity: 'critical' } }],
    ['?step-open=a&name=b', { own: { 'step-open': 'a' }, labels: { name: 'b' }, malformed: [] }],
    ['?alertname=Other', { labels: {}, malformed: [] }],
    ['?a=1&a=2&b=3', { labels: { b: '3' }, malformed: ['a'] }],
    ['?a=1&a=1', { labels: {}, malformed: ['a'] }],
    ['?1a=x&a.b=y&a%20b=z&=w&%C3%BC=v', { labels: {}, malformed: ['1a', 'a.b', 'a b', '', 'ü'] }],
    ['?__name__=x&__proto__=y&constructor=z', { labels: JSON.parse('{"__name__":"x","__proto__":"y","constructor":"z"}') as Record<string, string>, malformed: [] }],
    ['?a=%3Cscript%3E&b=javascript%3Aalert(1)&c=%22%7D%20or%20up', { labels: { a: '<script>', b: 'javascript:alert(1)', c: '"} or up' } }],
    ['?a=%E0%A4%A&b=%&c=%zz', { labels: { a: '\ufffd%A', b: '%', c: '%zz' } }],
    ['?a', { labels: { a: '' }, malformed: [] }],
    ['?a=b?c=d&e=%00%E2%80%AE', { labels: { a: 'b?c=d', e: '\0\u202e' } }],
    ['?-=x&--=y', { own: { '-': 'x', '--': 'y' }, malformed: [] }],
  ])('takes %s apart', (text, expected) => {
    expect(search(text)).toMatchObject(expected);
    expect(Object.keys(search(text).labels).sort()).toEqual(Object.keys(expected.labels ?? {}).sort());
  });
  it('does not break on a path that nobody can decode', () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(at('/k8s/ns/red/virtualization-overview/runbooks/%E0%A4%A').address().alertname).toBe('%E0%A4%A');
    jest.restoreAllMocks();
  });
  it('reads what paths wrote, whatever it is', () => {
    // Not `%2F` itself: react-router takes it for a slash in a path. No alert is called so.
    expect(at(paths.runbook('red', 'A', { x: '%2F' })).address().labels).toEqual({ x: '%2F' });
    for (const hostile of ['a/b', '..', '?x=1', '#', '%', '"><img>', 'ü 👾', '\u202e', '&a=b', '+', "'"]) {
      expect(at(paths.runbook('red', `A${hostile}`, { x: hostile })).address()).toMatchObject({ namespace: 'red', alertname: `A${hostile}`, labels: { x: hostile }, malformed: [] });
    }
  });
});

describe('setOwn', () => {
  it('changes our own parameters, leaves the others, and removes what is empty', () => {
    const { setOwn, where, address } = at('/k8s/ns/red/virtualization-overview/runbooks/A?namespace=x+y&a-b=1');
    setOwn({ 'step-open': 'pods', 'a-b': '' });
    expect(where()).toBe('/k8s/ns/red/virtualization-overview/runbooks/A?namespace=x+y&step-open=pods');
    expect(address()).toMatchObject({ own: { 'step-open': 'pods' }, labels: { namespace: 'x y' } });
    setOwn({ 'step-open': '' });
    expect(where()).toBe('/k8s/ns/red/virtualization-overview/runbooks/A?namespace=x+y');
  });
  it('leaves no question mark behind', () => {
    const { setOwn, where } = at('/k8s/ns/red/virtualization-overview/runbooks/A?a-b=1');
    setOwn({ 'a-b': '' });
    expect(where()).toBe('/k8s/ns/red/virtualization-overview/runbooks/A');
  });
});

describe('useGoTo', () => {
  it('goes there', () => {
    const { goTo, where } = at('/k8s/ns/red/virtualization-overview/runbooks/A');
    goTo('/monitoring/alerts?x=1');
    expect(where()).toBe('/monitoring/alerts?x=1');
  });
});
