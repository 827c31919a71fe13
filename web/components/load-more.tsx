import { useEffect, useEffectEvent, useRef } from 'react';

/** Start reading the next page this many pixels before its end comes into sight. */
const AHEAD = 600;

/** Reads on when the reader nears the end of a list. */
export function LoadMore({
  more,
  loading,
  onMore,
}: {
  readonly more: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}) {
  const mark = useRef<HTMLDivElement>(null);
  const reach = useEffectEvent(onMore);
  const watching = more && !loading;
  // Anew after each rendering: an observer only tells changes, and a page that comes at once (its loading is never
  // rendered) or is short leaves the mark in sight.
  useEffect(() => (watching && mark.current ? watchFor(mark.current, reach) : undefined));
  return more ? <div ref={mark} className="h-px" /> : null;
}

/** Tells once that the mark is near. Chromium's observer misses some leaps on touch screens, so scrolling is heard as well. */
function watchFor(mark: Element, onNear: () => void): () => void {
  let told = false;
  const tell = () => {
    if (!told) onNear();
    told = true;
  };
  const look = () => {
    if (mark.getBoundingClientRect().top < window.innerHeight + AHEAD) tell();
  };
  const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && tell(), { rootMargin: `${AHEAD}px` });
  observer.observe(mark);
  window.addEventListener('scroll', look, { passive: true });
  return () => {
    observer.disconnect();
    window.removeEventListener('scroll', look);
  };
}
