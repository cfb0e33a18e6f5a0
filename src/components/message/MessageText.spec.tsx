import { screen } from '@testing-library/react';
import { type Hole, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { MessageText } from './MessageText';
import { useWritten } from './useWritten';


const shown = async (hole: Hole): Promise<HTMLElement> => {
  const { container } = await drawn(<p><MessageText message={msg('Before {{hole}} after', { hole })} /></p>);
  return container.querySelector('p') as HTMLElement;
};

test.each<[string, Hole, string]>([
  ['a duration', { duration: 1380 }, 'Before 23 min after'],
  ['bytes', { bytes: 1024 ** 3 }, 'Before 1 GiB after'],
  ['a quantity', { quantity: '100m' }, 'Before 100m after'],
  ['a number', 12_345, 'Before 12,345 after'],
  ['an instant', { instant: '2026-11-21T09:37:00Z' }, 'Before 23 min ago after'],
  ['an instant ahead', { instant: '2026-11-21T10:02:00Z' }, 'Before in 2 min after'],
  ['no instant at all', { instant: 'soon' }, 'Before soon after'],
  ['a list', { list: ['a', { duration: 60 }, 'c'] }, 'Before a, 1 min, and c after'],
  ['a message', { message: msg('the {{word}}', { word: 'inner' }) }, 'Before the inner after'],
  ['markup', '<img src=x onerror=alert(1)>', 'Before <img src=x onerror=alert(1)> after'],
  ['what means something to the translation', '{{hole}} $t(Overview)', 'Before {{hole}} $t(Overview) after'],
  ['the marks of holes', '\uE000hole\uE001', 'Before ⟨U+E000⟩hole⟨U+E001⟩ after'],
])('writes %s', async (_, hole, text) => expect(await shown(hole)).toHaveTextContent(text));

test('leads to objects that have a page', async () => {
  await shown({ object: { kind: 'Pod', name: 'virt-operator-1', namespace: 'openshift-cnv' } });
  expect(screen.getByRole('link', { name: 'openshift-cnv/virt-operator-1' })).toHaveAttribute('href', '/k8s/ns/openshift-cnv/pods/virt-operator-1');
});

test('is plain text where a name is needed, and no server text is translated in it', async () => {
  const Name = () => <>{useWritten()(msg('{{count}} pods: {{words}}', { count: 2, words: '$t(Overview) {{count}}' }))}</>;
  const { container } = await drawn(<Name />);
  expect(container).toHaveTextContent('2 pods: $t(Overview) {{count}}');
});
