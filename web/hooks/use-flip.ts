import { type RefObject, useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 200;
const EASING = 'cubic-bezier(0.2, 0.7, 0.2, 1)';

/**
 * First, Last, Invert, Play: children marked `data-flip` glide from where they were to where they are whenever the order changes.
 * Transforms only, and not at all under reduced motion.
 *
 * @param order the keys as they stand now, joined by commas
 */
export function useFlip(container: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef(new Map<string, { left: number; top: number }>());
  useLayoutEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const next = new Map<string, { left: number; top: number }>();
    for (const key of order.split(',')) {
      const child = container.current?.querySelector<HTMLElement>(`[data-flip="${key}"]`);
      if (!child) continue;
      const place = { left: child.offsetLeft, top: child.offsetTop };
      const before = places.current.get(key);
      next.set(key, place);
      if (still || !before || (before.left === place.left && before.top === place.top)) continue;
      child.animate(
        [{ transform: `translate(${before.left - place.left}px, ${before.top - place.top}px)` }, { transform: 'none' }],
        { duration: GLIDE_MS, easing: EASING },
      );
    }
    places.current = next;
  }, [container, order]);
}
