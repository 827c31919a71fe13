import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { queue } from '../../../../contract/queue.ts';
import { useHttp } from '../../../http/http-context.ts';
import { keys } from '../../../query/keys.ts';

export type Queue = z.infer<typeof queue>;

/**
 * How busy the studio is. The stream tells only of what is mine, so it is read anew when somebody comes back to it, and when
 * one more or one less of mine is under way.
 */
export function useQueue(underWay: number) {
  const http = useHttp();
  return useQuery({
    queryKey: [...keys.queue, underWay],
    queryFn: ({ signal }) => http.get<Queue>('/queue', signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: true,
    staleTime: 0,
  });
}
