import { type RefObject, useLayoutEffect, useRef } from 'react';

/** How long a glide takes. */
export const GLIDE_MS = 200;
const EASING = 'cubic-bezier(0.2, 0.7, 0.2, 1)';

interface Position {
  readonly left: number;
  readonly top: number;
}

/**
 * First, Last, Invert, Play: children marked `data-flip` glide from where they were in their container to where they are, whatever
 * moved them but a change of its width. Transforms only, only what is in sight, and not at all under reduced motion.
 */
export function useFlip(container: RefObject<HTMLElement | null>): void {
  const before = useRef({ width: 0, places: new Map<string, Position>() });
  useLayoutEffect(() => {
    const list = container.current;
    if (!list) return;
    const { width, places } = before.current;
    const still = width !== list.offsetWidth || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const next = new Map<string, Position>();
    for (const child of list.querySelectorAll<HTMLElement>('[data-flip]')) {
      const key = child.dataset['flip'] ?? '';
      const place = { left: child.offsetLeft - list.offsetLeft, top: child.offsetTop - list.offsetTop };
      next.set(key, place);
      const was = places.get(key);
      if (!still && was && isInSight(list, was, place)) glide(child, was.left - place.left, was.top - place.top);
    }
    before.current = { width: list.offsetWidth, places: next };
  });
}

function isInSight(list: HTMLElement, was: Position, is: Position): boolean {
  const top = window.scrollY - list.offsetTop - window.innerHeight;
  const bottom = top + 3 * window.innerHeight;
  return [was.top, is.top].some((place) => place > top && place < bottom);
}

/** From where it would be, moved by so many pixels, to where it is. */
export function glide(child: HTMLElement, byLeft: number, byTop: number): void {
  if (byLeft === 0 && byTop === 0) return;
  const from = { transform: `translate(${byLeft}px, ${byTop}px)` };
  child.animate([from, { transform: 'none' }], { duration: GLIDE_MS, easing: EASING });
}
