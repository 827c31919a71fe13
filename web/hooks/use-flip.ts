import { type RefCallback, type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

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
    const animate = width === list.offsetWidth && !isMotionReduced();
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

/**
 * Animates an element to its new position when the one above it grows or shrinks, whoever renders it and for whatever reason. Not
 * under reduced motion, nor while the one above is scrolled out of view: the browser then keeps what is in view where it is.
 *
 * @returns the ref of the element above
 */
export function useGlide(element: RefObject<HTMLElement | null>): RefCallback<HTMLElement> {
  return useCallback(
    (above) => {
      if (!above) return;
      let height = above.offsetHeight;
      // Called in the task that changed it. A ResizeObserver is called so late that browsers count the jump as a layout shift.
      const observer = new MutationObserver(() => {
        const shrunkBy = height - above.offsetHeight;
        height -= shrunkBy;
        const isVisible = above.getBoundingClientRect().bottom > 0;
        if (element.current && isVisible && !isMotionReduced()) glide(element.current, 0, shrunkBy);
      });
      observer.observe(above, { attributes: true, characterData: true, childList: true, subtree: true });
      return () => observer.disconnect();
    },
    [element],
  );
}

function isMotionReduced(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function isNearViewport(list: HTMLElement, previous: Position, next: Position): boolean {
  const top = window.scrollY - list.offsetTop - window.innerHeight;
  const bottom = top + 3 * window.innerHeight;
  return [previous.top, next.top].some((position) => position > top && position < bottom);
}

/** Animates an element from an offset, in pixels, to its own position; from where it is, if it still moves. */
function glide(child: HTMLElement, byLeft: number, byTop: number): void {
  if (byLeft === 0 && byTop === 0) return;
  const from = { transform: `translate(${byLeft}px, ${byTop}px)` };
  const composite = child.getAnimations().length > 0 ? 'add' : 'replace';
  child.animate([from, { transform: 'none' }], { duration: GLIDE_MS, easing: EASING, composite });
}
