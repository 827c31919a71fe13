import { formatElapsed } from '#web/format/duration.ts';
import { useSecond } from '#web/hooks/use-second.ts';
import { serverNowMs } from '#web/live/server-clock.ts';

/** The time elapsed since a server timestamp. Hidden from screen readers, to which only stages are announced. */
export function Elapsed({ since }: { readonly since: string }) {
  const nowMs = useSecond();
  return (
    <span aria-hidden="true" className="num">
      {formatElapsed(serverNowMs(nowMs) - Date.parse(since))}
    </span>
  );
}
