import { Layers, Search, WifiOff } from 'lucide-react';
import { Link, NavLink } from 'react-router';
import { Button, ButtonLink } from '#web/components/button.tsx';
import { LazyAccountMenu } from './lazy-account-menu.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { Balance } from '#web/features/credits/components/balance.tsx';
import { Bell } from '#web/features/notifications/components/bell.tsx';
import { useInProgress } from '#web/features/generations/hooks/use-in-progress.ts';
import { formatCount } from '#web/format/count.ts';
import { useConnectionState } from '#web/live/live-events.tsx';
import { MOD_KEY } from '#web/components/mod-enter-hint.tsx';
import { Brand } from './brand.tsx';
import { DESTINATIONS } from './destinations.ts';
import { ThemeSwitch } from './theme-switch.tsx';

/** The other destinations are in the account menu. */
const BAR = [DESTINATIONS.projects, DESTINATIONS.presets, DESTINATIONS.usage];

interface TopBarProps {
  readonly onPalette: () => void;
}

export function TopBar({ onPalette }: TopBarProps) {
  const { activeCount } = useInProgress();
  const profile = useProfile();
  return (
    <header className="sticky top-0 z-2 border-b border-line bg-paper">
      <div className="mx-auto flex h-14 max-w-(--content) items-center gap-1 px-(--gutter)">
        <Brand />
        <nav aria-label="Main" className="flex max-sm:hidden">
          {BAR.map(({ to, name }) => (
            <NavLink
              key={to}
              to={to}
              className="inline-flex h-(--control) items-center rounded-control px-2 text-ink-2 hover:text-ink md:px-3 aria-[current=page]:font-strong aria-[current=page]:text-ink"
            >
              <span data-label={name} className="stable-strong">
                {name}
              </span>
            </NavLink>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <ConnectionNote />
          <Button
            tone="bare"
            className="max-[819px]:hidden"
            aria-keyshortcuts="Control+K Meta+K"
            aria-haspopup="dialog"
            onClick={onPalette}
          >
            <Search size={16} strokeWidth={1.5} aria-hidden="true" />
            <span className="sr-only">Go anywhere</span>
            <kbd className="hidden text-ink-3 pointer-fine:lg:inline">{MOD_KEY} K</kbd>
          </Button>
          {activeCount > 0 && (
            <ButtonLink to="/queue" tone="bare" className="num max-sm:hidden">
              <Layers size={16} strokeWidth={1.5} aria-hidden="true" />
              <span>
                {formatCount(activeCount)}
                <span className="max-lg:sr-only"> in progress</span>
              </span>
            </ButtonLink>
          )}
          <Link to="/credits" className="flex h-(--control) items-center rounded-control px-2 hover:bg-hover sm:px-3">
            <Balance />
          </Link>
          <Bell />
          <span className="max-[819px]:hidden">
            <ThemeSwitch />
          </span>
          <span className="max-sm:hidden">
            <LazyAccountMenu trigger={<Button tone="bare" icon aria-label={`Account of ${profile?.name ?? 'you'}`} />}>
              <span
                aria-hidden="true"
                className="grid size-7 place-items-center rounded-full border border-line bg-sunken text-12 font-strong uppercase"
              >
                {profile?.name?.charAt(0) ?? ''}
              </span>
            </LazyAccountMenu>
          </span>
        </div>
      </div>
    </header>
  );
}

const CONNECTION_LABELS = { connecting: '', live: '', reconnecting: 'Reconnecting', offline: 'Offline' } as const;

/** Says when the page may be out of date. */
function ConnectionNote() {
  const label = CONNECTION_LABELS[useConnectionState()];
  return (
    <span role="status" className="flex items-center gap-2 whitespace-nowrap text-13 text-ink-3">
      {label && (
        <>
          <WifiOff size={16} strokeWidth={1.5} aria-hidden="true" />
          <span className="arrive max-sm:sr-only">{label}</span>
        </>
      )}
    </span>
  );
}
