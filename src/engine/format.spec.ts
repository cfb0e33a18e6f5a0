import { bytesText, durationText, instantText, listText } from './format';
import { visible } from './visible';

test.each([
  [0, '0 sec'], [0.4, '0 sec'], [59, '59 sec'], [61, '1 min 1 sec'], [120, '2 min'], [599, '9 min 59 sec'],
  [23 * 60 + 12, '23 min'], [3600, '1 hr'], [3661, '1 hr 1 min'], [90_000, '1 day 1 hr'], [9 * 86_400 + 3 * 3600 + 59, '9 days 3 hr'], [-120, '2 min'], [Infinity, '∞'],
])('%d seconds are told in their two largest units', (seconds, text) => expect(durationText(seconds, 'en')).toBe(text));

test.each([[0, '0 B'], [1023, '1,023 B'], [1024, '1 KiB'], [1.2 * 1024 ** 3, '1.2 GiB'], [5 * 1024 ** 6, '5,120 PiB']])('%d bytes', (bytes, text) =>
  expect(bytesText(bytes, 'en')).toBe(text));

test('lists and instants follow the language', () => {
  expect(listText(['a', 'b', 'c'], 'en')).toBe('a, b, and c');
  expect(listText(['a', 'b'], 'de')).toBe('a und b');
  expect(instantText(Date.parse('2026-11-21T10:00:00Z'), 'en')).toMatch(/Nov 21, 2026/);
  expect(instantText(NaN, 'en')).toBe('');
});

describe('text from a server', () => {
  test.each([
    ['plain text\nwith a line\tand a tab', 'plain text\nwith a line\tand a tab'],
    ['a\u202Eb', 'a⟨U+202E⟩b'], ['nul\u0000', 'nul⟨U+0000⟩'], ['zero\u200Bwidth', 'zero⟨U+200B⟩width'], ['\uE000holes\uE001', '⟨U+E000⟩holes⟨U+E001⟩'],
    ['esc\u001B[31m', 'esc⟨U+001B⟩[31m'], ['🙂', '🙂'],
  ])('%j shows what is hidden in it', (text, shown) => expect(visible(text)).toBe(shown));

  test('is cut where nobody would read on', () => {
    expect(visible('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(10)}…`);
    expect(visible('x'.repeat(1_000_000)).length).toBeLessThan(2100);
  });
});
