import { skipToken, useQuery } from '@tanstack/react-query';
import { type LiveGenerations, NOTHING_LIVE } from '#web/live/live-generations.ts';
import { keys } from '#web/query/keys.ts';

/** The generations that the event stream keeps up to date. Never fetches. */
export function useLiveGenerations(): LiveGenerations {
  const { data } = useQuery<LiveGenerations>({
    queryKey: keys.live,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NOTHING_LIVE;
}
