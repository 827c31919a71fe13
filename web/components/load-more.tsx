import { useEffect, useEffectEvent, useRef } from 'react';

/** Start reading the next page this far before its end comes into sight. */
const AHEAD = '600px';

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
  useEffect(() => {
    if (!watching || !mark.current) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && reach(), { rootMargin: AHEAD });
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  });
  return more ? <div ref={mark} className="h-px" /> : null;
}
