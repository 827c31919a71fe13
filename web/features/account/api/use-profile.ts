import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#contract/profile.ts';
import { useHttp } from '#web/http/http-context.ts';
import { serverNowMs } from '#web/live/server-clock.ts';
import { keys } from '#web/query/keys.ts';

/** The answer must come from after the moment. */
const MARGIN_MS = 1_000;

/** The signed-in user; read again when a limit restarts or starter credits are due, so that "left today" is true with the page open. */
export function useProfile(): Profile | undefined {
  const http = useHttp();
  return useQuery({
    queryKey: keys.profile,
    queryFn: ({ signal }) => http.get('/me', { signal }),
    refetchInterval: ({ state }) => state.data && msToNextReset(state.data),
  }).data;
}

/**
 * A day ends with an hour. Withheld starter credits are granted by a request once their moment has come. During a deployment, an API of
 * the release before may send neither.
 */
function msToNextReset({ limits, starterCredits }: Partial<Profile>): number | false {
  const moments = [limits?.hourlyLimitResetsAt, starterCredits?.retryAt].filter((moment) => typeof moment === 'string');
  if (moments.length === 0) return false;
  const nextMs = Math.min(...moments.map((moment) => Date.parse(moment)));
  return Math.max(0, nextMs - serverNowMs(Date.now())) + MARGIN_MS;
}
