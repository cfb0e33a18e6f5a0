import { act, renderHook } from '@testing-library/react';
import { useTyped } from './useTyped';

/** A field beside an address that follows when it is told to. */
const field = () => {
  const said: string[] = [];
  const say = (value: string): void => { said.push(value); };
  const view = renderHook(({ value }) => useTyped(value, say), { initialProps: { value: '' } });
  return {
    said,
    shown: () => view.result.current[0],
    type: (text: string) => act(() => view.result.current[1](text)),
    address: (value: string) => view.rerender({ value }),
  };
};

it('keeps every letter, however late the address follows', () => {
  const { said, shown, type, address } = field();
  type('o');
  type('op');
  address('o');
  expect(shown()).toBe('op');
  type('ope');
  address('ope');
  expect(shown()).toBe('ope');
  expect(said).toEqual(['o', 'op', 'ope']);
});

it('takes over what came from elsewhere', () => {
  const { shown, type, address } = field();
  type('launcher');
  address('launcher');
  address('');
  expect(shown()).toBe('');
  address('launcher');
  expect(shown()).toBe('launcher');
});

it('takes over what came from elsewhere though an address of its own was skipped', () => {
  const { shown, type, address } = field();
  type('a');
  type('ab');
  address('ab');
  address('a');
  expect(shown()).toBe('a');
});
