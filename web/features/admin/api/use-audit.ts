import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { auditList } from '#contract/admin.ts';
import type { AdminAct } from '#domain/account/admin-act.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

export type AuditedAct = z.infer<typeof auditList>['data'][number];

const PAGE_SIZE = 50;
/** Enough to see what happened to an account lately. */
const NEWEST_OF_ACCOUNT = 10;
/** Every look at the account is an act: enough of them to find others among. */
const SEARCHED_OF_ACCOUNT = 100;

/** The audit log, newest first. @param act only entries of this kind; all when undefined */
export function useAudit(act: AdminAct | undefined) {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.admin('audit', act ?? ''),
    queryFn: ({ pageParam, signal }) =>
      http.get('/admin/audit', { query: { ...pageQuery(PAGE_SIZE, pageParam), act }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
    staleTime: 0,
  });
}

/** The latest acts that changed an account, newest first: not that it was looked at. Read again with the account, which every act changes. */
export function useAccountActs(accountId: string) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.admin('account', accountId, 'acts'),
    queryFn: async ({ signal }) => {
      const { data } = await http.get('/admin/audit', {
        query: { limit: SEARCHED_OF_ACCOUNT, target: accountId },
        signal,
      });
      return data.filter(({ act }) => act !== 'account.read').slice(0, NEWEST_OF_ACCOUNT);
    },
    staleTime: 0,
  });
}
