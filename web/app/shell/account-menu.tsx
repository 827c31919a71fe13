import { LogOut } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Menu, MenuItem, MenuSeparator, MenuLink } from '#web/components/menu.tsx';
import { useProfile } from '#web/features/account/api/use-profile.ts';
import { AccountSummary } from '#web/features/account/components/account-summary.tsx';
import { useSignOut } from '#web/features/sign-in/api/use-sign-out.ts';
import { destinationsFor } from './destinations.ts';

interface AccountMenuProps {
  /** The button element. Its content is `children`, so that the top bar and the dock can style it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

/** The account summary, all destinations, and the sign-out item. */
export function AccountMenu({ trigger, children }: AccountMenuProps) {
  const signOut = useSignOut();
  const admin = useProfile()?.role === 'admin';
  return (
    <Menu trigger={trigger} label={children}>
      <AccountSummary />
      <MenuSeparator />
      {destinationsFor(admin).map(({ to, name, icon }) => (
        <MenuLink key={to} to={to} icon={icon}>
          {name}
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuItem icon={LogOut} onClick={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
