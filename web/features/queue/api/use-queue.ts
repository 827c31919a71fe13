import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { queue } from '#contract/queue.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type Queue = z.infer<typeof queue>;

/** The API's response may be a second old. Fetched sooner, it could lack the change just reported by the event stream. */
const REFETCH_DELAY_MS = 1_500;

/**
 * The length and pace of the studio's queue. The event stream reports only the user's own generations, so the queue is refetched
 * when the window regains focus, and once after one of those generations has changed, or may have just before the first response.
 *
 * @param ownState the state of the user's own generations as one string, empty without any; a different value triggers a refetch
 */
export function useQueue(ownState: string) {
  const http = useHttp();
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastState = useRef('');
  useEffect(() => {
    if (lastState.current === ownState) return;
    lastState.current = ownState;
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: keys.queue });
    }, REFETCH_DELAY_MS);
  }, [ownState, client]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useQuery({
    queryKey: keys.queue,
    queryFn: ({ signal }) => http.get('/queue', { signal }),
    refetchOnWindowFocus: true,
    staleTime: 0,
  });
}
