import { useEffect, useState } from 'react';

/**
 * The newest value, but only so long after the one before: what a change sets in motion, or the first value as it appears, has
 * come to rest before the next.
 *
 * @param same whether a new value would move nothing
 */
export function useThrottledValue<Value>(value: Value, restMs: number, same: (a: Value, b: Value) => boolean): Value {
  const [shown, setShown] = useState({ value, moving: true });
  const next = shown.moving || same(value, shown.value) ? shown : { value, moving: true };
  if (next !== shown) setShown(next);
  useEffect(() => {
    if (!shown.moving) return;
    const timer = setTimeout(() => setShown({ value: shown.value, moving: false }), restMs);
    return () => clearTimeout(timer);
  }, [shown, restMs]);
  return next.value;
}
