import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { foundAccounts } from '#contract/admin-account.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

export type FoundAccount = z.infer<typeof foundAccounts>['data'][number];

const PAGE_SIZE = 50;

/** Accounts by name or sign-in, newest first. Every search is recorded in the audit log, so none is made before something is typed. */
export function useFoundAccounts(q: string) {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.admin('accounts', q),
    queryFn: ({ pageParam, signal }) =>
      http.get('/admin/accounts', { query: { ...pageQuery(PAGE_SIZE, pageParam), q }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
    enabled: q !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
