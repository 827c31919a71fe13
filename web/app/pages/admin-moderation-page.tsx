import { useQueryClient } from '@tanstack/react-query';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { RowsSkeleton } from '#web/components/rows-skeleton.tsx';
import { useReviewQueue } from '#web/features/admin/api/use-review-queue.ts';
import { ModerationSections } from '#web/features/admin/components/moderation-sections.tsx';
import { RefreshButton } from '#web/features/admin/components/refresh-button.tsx';
import { ReviewCard } from '#web/features/admin/components/review-card.tsx';
import { countedTotal } from '#web/format/total.ts';
import { keys } from '#web/query/keys.ts';

/** The moderation queues: images the content check was unsure of, objections, reports, and takedowns, oldest first. */
export function AdminModerationPage() {
  const client = useQueryClient();
  const query = useReviewQueue();
  const items = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const meta = query.data?.pages[0]?.meta;
  const isEmpty = items.length === 0 && !query.hasNextPage;
  const refresh = () => void client.invalidateQueries({ queryKey: keys.admin() });
  return (
    <>
      <PageTitle title="Moderation" />
      <div className="flex min-h-11 max-w-4xl items-center justify-between gap-3">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="text-16">Images in review</h2>
          <p role="status" className="num text-13 text-ink-3">
            {meta && (isEmpty ? 'No images to review.' : `${countedTotal(meta, 'image')} waiting`)}
          </p>
        </div>
        <RefreshButton disabled={query.isFetching} onClick={refresh} />
      </div>
      {query.isPending && <RowsSkeleton label="Loading the moderation queue" />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      <div className="max-w-4xl">
        {items.map((item) => (
          <ReviewCard key={item.avatarId} item={item} />
        ))}
      </div>
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
      <ModerationSections />
    </>
  );
}
