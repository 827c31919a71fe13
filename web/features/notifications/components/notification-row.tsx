import { CircleAlert, CircleCheck, CircleX, Eye, type LucideIcon, Webhook } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Notification } from '#contract/notification.ts';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { formatMoment } from '#web/format/moment.ts';

/** Without a title, the message stands alone. */
const APPEARANCE: Readonly<Record<Notification['kind'], { icon: LucideIcon; title: string; tone: string }>> = {
  avatar_completed: { icon: CircleCheck, title: '', tone: 'text-good' },
  generation_failed: { icon: CircleAlert, title: 'An avatar could not be generated', tone: 'text-bad' },
  needs_review: { icon: Eye, title: 'An avatar is being reviewed', tone: 'text-warn' },
  avatar_rejected: { icon: CircleX, title: 'An avatar was rejected', tone: 'text-bad' },
  avatar_taken_down: { icon: CircleX, title: 'An avatar was taken down', tone: 'text-bad' },
  avatar_restored: { icon: CircleCheck, title: 'An avatar was restored', tone: 'text-good' },
  objection_allowed: { icon: CircleCheck, title: 'Your objection was accepted', tone: 'text-good' },
  objection_refused: { icon: CircleX, title: 'Your objection was declined', tone: 'text-bad' },
  webhook_disabled: { icon: Webhook, title: 'Your webhook was disabled', tone: 'text-warn' },
};

interface NotificationRowProps {
  readonly notification: Notification;
  readonly onRead: () => void;
}

/** A notification. Following its link marks it as read. */
export function NotificationRow({ notification, onRead }: NotificationRowProps) {
  const { kind, message, createdAt, readAt } = notification;
  const { icon: Icon, title, tone } = APPEARANCE[kind];
  const unread = readAt === null;
  return (
    <li className="flex items-start gap-3 border-b border-line">
      <OptionalLink to={linkOf(notification)} onFollow={unread ? onRead : undefined}>
        <Icon size={20} strokeWidth={1.5} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
        <span className="min-w-0">
          <span className={cx('block wrap-anywhere', unread ? 'font-strong' : 'text-ink-2')}>
            {title || <bdi>{message}</bdi>}
            {unread && <span className="sr-only"> (unread)</span>}
          </span>
          {title && <bdi className="block text-13 leading-body text-pretty text-ink-2">{message}</bdi>}
          <time dateTime={createdAt} className="num block text-12 text-ink-3">
            {formatMoment(createdAt)}
          </time>
        </span>
      </OptionalLink>
      {unread && (
        <Button tone="bare" size="small" className="mt-2.5" onClick={onRead} aria-label={`Mark as read: ${message}`}>
          <span aria-hidden="true" className="size-2 rounded-full bg-ink" />
          <span className="max-sm:hidden">Mark as read</span>
        </Button>
      )}
    </li>
  );
}

interface OptionalLinkProps {
  readonly to: string | undefined;
  readonly onFollow: (() => void) | undefined;
  readonly children: ReactNode;
}

const ROW = 'flex min-w-0 grow gap-3 rounded-control py-3';

function OptionalLink({ to, onFollow, children }: OptionalLinkProps) {
  if (!to) return <div className={ROW}>{children}</div>;
  return (
    <Link to={to} onClick={onFollow} className={`${ROW} hover:bg-hover sm:-mx-3 sm:px-3`}>
      {children}
    </Link>
  );
}

/** The page that a notification is about; undefined when it no longer exists. */
function linkOf({ kind, avatarId, generationId }: Notification): string | undefined {
  if (kind === 'webhook_disabled') return '/settings#webhook';
  if (avatarId && kind !== 'avatar_rejected') return `/avatars/${avatarId}`;
  return generationId ? `/generations/${generationId}` : undefined;
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e'];

export function NotificationsSkeleton() {
  return (
    <div role="status" aria-label="Loading notifications">
      {PLACEHOLDERS.map((key) => (
        <div key={key} aria-hidden="true" className="grid h-[84px] content-center gap-2 border-b border-line">
          <span className="h-4 w-1/4 rounded-option bg-sunken" />
          <span className="h-4 w-3/5 rounded-option bg-sunken" />
        </div>
      ))}
    </div>
  );
}
