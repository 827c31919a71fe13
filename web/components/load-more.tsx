import { useEffect, useEffectEvent, useRef } from 'react';

/** The next page is loaded when the end of the list is within this distance of the viewport. */
const AHEAD_PX = 600;

/** Loads the next page when the user nears the end of a list. */
export function LoadMore({
  more,
  loading,
  onMore,
}: {
  readonly more: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}) {
  const sentinel = useRef<HTMLDivElement>(null);
  const onNear = useEffectEvent(onMore);
  const watching = more && !loading;
  // Without dependencies: an observer reports only changes, and a page that is short, or loads before `loading` was
  // rendered, leaves the sentinel in view.
  useEffect(() => (watching && sentinel.current ? watchFor(sentinel.current, onNear) : undefined));
  return more ? <div ref={sentinel} className="h-px" /> : null;
}

/** Calls back once when the sentinel is near. Chromium's observer misses some jumps on touch screens, so scroll events count as well. */
function watchFor(sentinel: Element, onNear: () => void): () => void {
  let notified = false;
  const notify = () => {
    if (!notified) onNear();
    notified = true;
  };
  const checkPosition = () => {
    if (sentinel.getBoundingClientRect().top < window.innerHeight + AHEAD_PX) notify();
  };
  const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && notify(), {
    rootMargin: `${AHEAD_PX}px`,
  });
  observer.observe(sentinel);
  window.addEventListener('scroll', checkPosition, { passive: true });
  return () => {
    observer.disconnect();
    window.removeEventListener('scroll', checkPosition);
  };
}
