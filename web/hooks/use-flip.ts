import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Duration of the animation. */
export const GLIDE_MS = 200;
const EASING = 'cubic-bezier(0.2, 0.7, 0.2, 1)';

interface Position {
  readonly left: number;
  readonly top: number;
}

/**
 * FLIP animation: children marked `data-flip` glide from their previous position in the container to the new one, unless the
 * container's width has changed. Transforms only, only near the viewport, and never under reduced motion.
 */
export function useFlip(container: RefObject<HTMLElement | null>): void {
  const before = useRef({ width: 0, positions: new Map<string, Position>() });
  useLayoutEffect(() => {
    const list = container.current;
    if (!list) return;
    const { width, positions } = before.current;
    const animate = width === list.offsetWidth && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const next = new Map<string, Position>();
    for (const child of list.querySelectorAll<HTMLElement>('[data-flip]')) {
      const key = child.dataset['flip'] ?? '';
      const position = { left: child.offsetLeft - list.offsetLeft, top: child.offsetTop - list.offsetTop };
      next.set(key, position);
      const previous = positions.get(key);
      if (animate && previous && isNearViewport(list, previous, position))
        glide(child, previous.left - position.left, previous.top - position.top);
    }
    before.current = { width: list.offsetWidth, positions: next };
  });
}

/** Animates an element to its new position when the content above it grows or shrinks. Not under reduced motion. */
export function useGlide(element: RefObject<HTMLElement | null>): void {
  const before = useRef<number>(undefined);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const top = target.offsetTop;
    const previous = before.current ?? top;
    before.current = top;
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) glide(target, 0, previous - top);
  });
}

function isNearViewport(list: HTMLElement, previous: Position, next: Position): boolean {
  const top = window.scrollY - list.offsetTop - window.innerHeight;
  const bottom = top + 3 * window.innerHeight;
  return [previous.top, next.top].some((position) => position > top && position < bottom);
}

/** Animates an element from an offset, in pixels, to its own position. */
function glide(child: HTMLElement, byLeft: number, byTop: number): void {
  if (byLeft === 0 && byTop === 0) return;
  const from = { transform: `translate(${byLeft}px, ${byTop}px)` };
  child.animate([from, { transform: 'none' }], { duration: GLIDE_MS, easing: EASING });
}
