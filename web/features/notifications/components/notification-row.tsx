import { CircleAlert, CircleCheck, CircleX, Eye, type LucideIcon, Webhook } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Notification } from '#contract/notification.ts';
import { Button } from '#web/components/button.tsx';
import { cx } from '#web/components/class-names.ts';
import { formatMoment } from '#web/format/moment.ts';
import { linkOf } from '../link-of.ts';

/** Without a title the message says it all. */
const LOOKS: Readonly<Record<Notification['kind'], { icon: LucideIcon; title: string; tone: string }>> = {
  avatar_completed: { icon: CircleCheck, title: '', tone: 'text-good' },
  generation_failed: { icon: CircleAlert, title: 'An avatar could not be made', tone: 'text-bad' },
  needs_review: { icon: Eye, title: 'An avatar is being reviewed', tone: 'text-warn' },
  avatar_rejected: { icon: CircleX, title: 'An avatar was not accepted', tone: 'text-bad' },
  webhook_disabled: { icon: Webhook, title: 'Your webhook was switched off', tone: 'text-warn' },
};

interface NotificationRowProps {
  readonly notification: Notification;
  readonly onRead: () => void;
}

/** One thing a person was told; pressing it leads there and marks it as read. */
export function NotificationRow({ notification, onRead }: NotificationRowProps) {
  const { kind, message, createdAt, readAt } = notification;
  const { icon: Icon, title, tone } = LOOKS[kind];
  const unread = readAt === null;
  return (
    <li className="flex items-start gap-3 border-b border-line">
      <Whereto to={linkOf(notification)} onFollow={unread ? onRead : undefined}>
        <Icon size={20} strokeWidth={1.5} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
        <span className="min-w-0">
          <span className={cx('block wrap-anywhere', unread ? 'font-strong' : 'text-ink-2')}>
            {title || <bdi>{message}</bdi>}
            {unread && <span className="sr-only"> (unread)</span>}
          </span>
          {title && <bdi className="block text-13 leading-body wrap-anywhere text-pretty text-ink-2">{message}</bdi>}
          <time dateTime={createdAt} className="num block text-12 text-ink-3">
            {formatMoment(createdAt)}
          </time>
        </span>
      </Whereto>
      {unread && (
        <Button tone="bare" size="small" className="mt-2.5" onClick={onRead} aria-label={`Mark as read: ${message}`}>
          <span aria-hidden="true" className="size-2 rounded-full bg-ink" />
          <span className="max-sm:hidden">Mark as read</span>
        </Button>
      )}
    </li>
  );
}

interface WheretoProps {
  readonly to: string | undefined;
  readonly onFollow: (() => void) | undefined;
  readonly children: ReactNode;
}

const ROW = 'flex min-w-0 grow gap-3 rounded-control py-3';

function Whereto({ to, onFollow, children }: WheretoProps) {
  if (!to) return <div className={ROW}>{children}</div>;
  return (
    <Link to={to} onClick={onFollow} className={`${ROW} hover:bg-hover sm:-mx-3 sm:px-3`}>
      {children}
    </Link>
  );
}

const PLACEHOLDERS = ['a', 'b', 'c', 'd', 'e'];

export function NotificationsSkeleton() {
  return (
    <div role="status" aria-label="Reading what you were told">
      {PLACEHOLDERS.map((place) => (
        <div key={place} aria-hidden="true" className="grid h-[84px] content-center gap-2 border-b border-line">
          <span className="h-4 w-1/4 rounded-option bg-sunken" />
          <span className="h-4 w-3/5 rounded-option bg-sunken" />
        </div>
      ))}
    </div>
  );
}
