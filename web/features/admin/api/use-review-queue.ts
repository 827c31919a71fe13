import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ListOf } from '#contract/list.ts';
import type { ReviewItem } from '#contract/moderation.ts';
import { useHttp } from '#web/http/http-context.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

type Pages = InfiniteData<ListOf<ReviewItem>>;

/** Every read is recorded in the audit log, so a page holds as many images as one review session covers. */
const PAGE_SIZE = 20;
const KEY = keys.admin('review');

/** Images that await review, oldest first. */
export function useReviewQueue() {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      http.get('/moderation/queue', { query: pageQuery(PAGE_SIZE, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
    staleTime: 0,
  });
}

/** Approves or rejects an image: both are final and idempotent. It leaves the list, also when another admin decided first. */
export function useReviewDecision(avatarId: string) {
  const http = useHttp();
  const client = useQueryClient();
  const removeFromQueue = () => client.setQueryData<Pages>(KEY, (pages) => pages && without(pages, avatarId));
  const onError = (error: Error) => {
    if (error instanceof RequestFailed && (error.code === 'conflict' || error.code === 'not_found')) removeFromQueue();
  };
  const approve = useMutation({
    mutationFn: () => http.post('/moderation/{id}/approve', { path: { id: avatarId } }),
    onSuccess: removeFromQueue,
    onError,
  });
  const reject = useMutation({
    mutationFn: (reason: string) =>
      http.post('/moderation/{id}/reject', { path: { id: avatarId }, body: reason ? { reason } : {} }),
    onSuccess: removeFromQueue,
    onError,
  });
  return { approve, reject };
}

function without({ pages, pageParams }: Pages, avatarId: string): Pages {
  const removed = pages.some(({ data }) => data.some((item) => item.avatarId === avatarId)) ? 1 : 0;
  return {
    pageParams,
    pages: pages.map(({ data, meta }) => ({
      data: data.filter((item) => item.avatarId !== avatarId),
      meta: { ...meta, total: Math.max(0, meta.total - removed) },
    })),
  };
}
