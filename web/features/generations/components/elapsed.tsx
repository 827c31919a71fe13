import { formatElapsed } from '#web/format/duration.ts';
import { useSecond } from '#web/hooks/use-second.ts';
import { serverNowMs } from '#web/live/server-clock.ts';

/** A clock running since a moment the server told. Silent to screen readers: the stages are announced, not the seconds. */
export function Elapsed({ since }: { readonly since: string }) {
  const nowMs = useSecond();
  return (
    <span aria-hidden="true" className="num">
      {formatElapsed(serverNowMs(nowMs) - Date.parse(since))}
    </span>
  );
}
