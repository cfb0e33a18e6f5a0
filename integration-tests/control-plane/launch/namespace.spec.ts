import { inNamespace, whyNoNamespace } from './namespace';

describe('a network namespace of its own', () => {
  test('passes on how its command ended', async () => {
    expect(await whyNoNamespace()).toBeUndefined();
    expect(await inNamespace('sh', ['-c', 'exit 7'])).toBe(7);
  });

  test('has every address of pods and nodes, and no other network', async () => {
    expect(await inNamespace('sh', ['-c', 'ip route get 10.245.3.7 | grep -q "^local" && ! ip route get 192.0.2.1 2>/dev/null'])).toBe(0);
  });
});
