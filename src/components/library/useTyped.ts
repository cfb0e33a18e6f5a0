import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * What somebody types into a field whose value stands in the address. The router may render an address later than the next key is pressed:
 * the field shows what was typed at once, and takes over what the address says only when that came from elsewhere.
 */
export const useTyped = (value: string, onChange: (value: string) => void): readonly [string, (typed: string) => void] => {
  const [typed, setTyped] = useState(value);
  const underWay = useRef<string[]>([]);
  useEffect(() => {
    const ours = underWay.current.lastIndexOf(value);
    if (ours < 0) setTyped(value);
    underWay.current = underWay.current.slice(ours < 0 ? underWay.current.length : ours + 1);
  }, [value]);
  const type = useCallback((next: string) => {
    setTyped(next);
    underWay.current.push(next);
    onChange(next);
  }, [onChange]);
  return [typed, type];
};
