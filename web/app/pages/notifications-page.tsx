import { CheckCheck } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { toast } from 'sonner';
import { BlankState } from '#web/components/blank-state.tsx';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { FailedRequest } from '#web/components/failed-request.tsx';
import { LoadMore } from '#web/components/load-more.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { Segmented } from '#web/components/segmented.tsx';
import {
  useMarkAllRead,
  useMarkRead,
  useNotifications,
  useUnreadCount,
} from '#web/features/notifications/api/use-notifications.ts';
import { NotificationRow, NotificationsSkeleton } from '#web/features/notifications/components/notification-row.tsx';
import { messageOf } from '#web/http/request-failed.ts';

const SHOWN = [
  { value: 'all', label: 'All' },
  { value: 'unread', label: 'Unread' },
] as const;

const toastError = (error: Error) => void toast.error(messageOf(error));

/** The user's notifications. */
export function NotificationsPage() {
  const [params, setParams] = useSearchParams();
  const shown = params.get('show') === 'unread' ? 'unread' : 'all';
  const query = useNotifications(shown === 'unread');
  const unread = useUnreadCount() ?? 0;
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  const notifications = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const showAll = () => setParams({}, { replace: true });
  return (
    <div className="max-w-3xl">
      <PageTitle title="Notifications" />
      <div className="mb-2 flex min-h-11 flex-wrap items-center gap-3">
        <h1 className="mr-auto text-20 tracking-[-0.012em]">Notifications</h1>
        <Segmented
          compact
          label="Show"
          options={SHOWN}
          value={shown}
          onChange={(next) => (next === 'all' ? showAll() : setParams({ show: next }, { replace: true }))}
        />
        <Button
          size="small"
          disabled={unread === 0 || markAll.isPending}
          onClick={() => markAll.mutate(undefined, { onError: toastError })}
        >
          <CheckCheck size={16} strokeWidth={1.5} aria-hidden="true" /> Mark all as read
        </Button>
      </div>
      {query.isPending && <NotificationsSkeleton />}
      {query.isError && <FailedRequest error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && notifications.length === 0 && (
        <BlankState
          sentence={
            shown === 'unread'
              ? 'You have no unread notifications.'
              : 'Finished generations and other updates appear here.'
          }
          action={
            shown === 'unread' ? (
              <Button onClick={showAll}>Show all</Button>
            ) : (
              <ButtonLink to="/projects">Show my projects</ButtonLink>
            )
          }
        />
      )}
      {notifications.length > 0 && (
        <ul aria-label="Notifications" className="border-t border-line">
          {notifications.map((notification) => (
            <NotificationRow
              key={notification.id}
              notification={notification}
              onRead={() => markRead.mutate(notification.id, { onError: toastError })}
            />
          ))}
        </ul>
      )}
      <LoadMore more={query.hasNextPage} loading={query.isFetching} onMore={() => void query.fetchNextPage()} />
    </div>
  );
}
