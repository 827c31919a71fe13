import { type RefObject, useLayoutEffect, useRef } from 'react';
import { glide } from './use-flip.ts';

/** An element glides to its new place when what stands above it grows or goes. Not under reduced motion. */
export function useGlide(element: RefObject<HTMLElement | null>): void {
  const before = useRef<number>(undefined);
  useLayoutEffect(() => {
    const moved = element.current;
    if (!moved) return;
    const top = moved.offsetTop;
    const was = before.current ?? top;
    before.current = top;
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) glide(moved, 0, was - top);
  });
}
