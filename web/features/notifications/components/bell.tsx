import { Bell as Icon } from 'lucide-react';
import { ButtonLink } from '#web/components/button.tsx';
import { counted, formatCount } from '#web/format/count.ts';
import { useUnreadCount } from '../api/use-notifications.ts';

/** Above this the count is shown as "99+". */
const SHOWN_MAX = 99;

/** Link to the notifications, with the number of unread ones. */
export function Bell({ className }: { readonly className?: string }) {
  const unread = useUnreadCount() ?? 0;
  return (
    <ButtonLink
      to="/notifications"
      tone="bare"
      icon
      className={className}
      aria-label={unread > 0 ? `Notifications, ${counted(unread, 'unread', 'unread')}` : 'Notifications'}
    >
      <span className="relative">
        <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
        {unread > 0 && (
          <span
            key={unread}
            className="arrive num absolute -top-2 left-2 min-w-4 rounded-full bg-ink px-1 text-center text-12 leading-4 font-strong text-paper"
          >
            {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : formatCount(unread)}
          </span>
        )}
      </span>
    </ButtonLink>
  );
}
