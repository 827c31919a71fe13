import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { transferList } from '#contract/credits.ts';
import type { Generation } from '#contract/generation.ts';
import type { ListOf } from '#contract/list.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

export type Transfer = z.infer<typeof transferList>['data'][number];

const PAGE_SIZE = 50;
/** The API's largest page; older generations are shown as "An avatar". */
const NAMES_MAX = 100;

/** All transfers of the user's credits, newest first. The event stream invalidates it when the balance changes. */
export function useStatement() {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.transfers,
    queryFn: ({ pageParam, signal }) =>
      http.get('/credits/transfers', { query: pageQuery(PAGE_SIZE, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

/** The latest generations by id, to name the transfers of a statement. */
export function useGenerationsOfStatement(): ReadonlyMap<string, Generation> {
  const http = useHttp();
  const { data } = useQuery({
    queryKey: keys.generationNames,
    queryFn: ({ signal }) => http.get('/generations', { query: { limit: NAMES_MAX }, signal }),
    select: byId,
  });
  return data ?? NONE;
}

const NONE: ReadonlyMap<string, Generation> = new Map();

function byId({ data }: ListOf<Generation>): ReadonlyMap<string, Generation> {
  return new Map(data.map((generation) => [generation.id, generation]));
}
