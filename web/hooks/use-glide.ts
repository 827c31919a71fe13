import { type RefObject, useLayoutEffect, useRef } from 'react';
import { glide } from './use-flip.ts';

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
