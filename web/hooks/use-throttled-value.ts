import { useEffect, useState } from 'react';

/**
 * Follows a value, but holds each shown value for at least `restMs`, so that the animation it starts ends before the next change.
 * The first value counts as a change.
 *
 * @param same whether two values look the same, so that no animation starts
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
