import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { BlankState } from '#web/components/blank-state.tsx';
import { ButtonLink } from '#web/components/button.tsx';
import { PageTitle } from '#web/components/page-title.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';

const TABS = [
  { to: '/admin', name: 'Moderation' },
  { to: '/admin/stats', name: 'Statistics' },
  { to: '/admin/accounts', name: 'Accounts' },
  { to: '/admin/generations', name: 'Generations' },
  { to: '/admin/switches', name: 'Switches' },
  { to: '/admin/audit', name: 'Audit log' },
] as const;

/** The frame of the admin pages. The API rejects other users; this page only explains why. */
export function AdminPage() {
  const profile = useProfile();
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const admin = profile?.role === 'admin';
  useEffect(() => {
    // On a phone not all tabs fit: the open one is scrolled into view.
    const open = TABS.findLast(({ to }) => pathname.startsWith(to));
    if (admin && open) {
      const tab = tabs.current?.querySelector(`[href="${open.to}"]`);
      tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
    }
  }, [pathname, admin]);
  if (!profile) return <PageTitle title="Admin" />;
  if (!admin) {
    return (
      <>
        <PageTitle title="Admin" />
        <h1 className="sr-only">Admin</h1>
        <BlankState
          sentence="No access. This page is for administrators only."
          action={<ButtonLink to="/projects">Show my projects</ButtonLink>}
        />
      </>
    );
  }
  return (
    <>
      <h1 className="flex min-h-11 items-center text-20 tracking-[-0.012em]">Admin</h1>
      <nav ref={tabs} aria-label="Admin" className="mb-6 flex overflow-x-auto border-b border-line">
        {TABS.map(({ to, name }) => (
          <NavLink
            key={to}
            to={to}
            end={to === '/admin'}
            className="inline-flex h-11 shrink-0 items-center border-b-2 border-transparent px-3 -outline-offset-2 text-ink-2 first:pl-0 hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-strong aria-[current=page]:text-ink"
          >
            <span data-label={name} className="stable-strong">
              {name}
            </span>
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
