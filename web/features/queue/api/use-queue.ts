import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { queue } from '#contract/queue.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type Queue = z.infer<typeof queue>;

/** The API's own answer may be a second old: asked sooner, it would not know yet of what the stream just told. */
const SETTLED_MS = 1_500;

/**
 * How busy the studio is. The stream tells only of what is mine, so this is read anew when somebody comes back to the page, and
 * once after something of mine has moved.
 *
 * @param mine how things of mine stand; any other string than before means that something moved
 */
export function useQueue(mine: string) {
  const http = useHttp();
  const client = useQueryClient();
  const coming = useRef<ReturnType<typeof setTimeout>>(undefined);
  const seen = useRef(mine);
  useEffect(() => {
    if (seen.current === mine) return;
    seen.current = mine;
    if (coming.current !== undefined) return;
    coming.current = setTimeout(() => {
      coming.current = undefined;
      void client.invalidateQueries({ queryKey: keys.queue });
    }, SETTLED_MS);
  }, [mine, client]);
  useEffect(
    () => () => {
      clearTimeout(coming.current);
      coming.current = undefined;
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
