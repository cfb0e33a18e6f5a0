import { KNOWN_BUGS, isAffected } from './knownBugs';

const bug = (number: number) => {
  const found = KNOWN_BUGS.find(({ issue }) => issue === number);
  if (!found) throw new Error(`no bug ${number}`);
  return found;
};

describe('known bugs', () => {
  it.each([
    [18087, 'v1.8.4', true], [18087, 'v1.8.5', false], [18087, 'v1.7.4', true], [18087, '1.7.5', false], [18087, 'v1.9.0', false], [18087, 'v1.10.2', false], [18087, 'v1.5.9', true], [18087, 'v1.6.7-12-gabcdef', false],
    [9585, 'v0.58.0', true], [9585, 'v1.6.6', true], [9585, 'v1.7.0', false], [9585, 'v1.8.4', false],
    [10695, 'v1.0.1', false], [10695, 'v1.5.2', true], [10695, 'v1.6.0', false], [10695, 'v1.8.4', false],
    [18087, 'devel', undefined],
  ])('#%i and %s: %s', (issue, version, affected) => expect(isAffected(bug(issue), version)).toBe(affected));

  it('recognises the line of the endless migration, and not its neighbours', () => {
    const { line } = bug(18087).fingerprint;
    expect(line?.matches.test("failed plugging phase2 at nic 'pod37a8eec1ce1': open /proc/self/root/var/run/kubevirt-private/vif-cache-pod37a8eec1ce1.json: no such file or directory")).toBe(true);
    expect(line?.matches.test('open /var/run/kubevirt-private/other.json: no such file or directory')).toBe(false);
  });
});
