import { LogOut } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Menu, MenuItem, MenuRow, MenuLink } from '../../components/menu.tsx';
import { useProfile } from '../../features/account/api/use-me.ts';
import { AccountSummary } from '../../features/account/components/account-summary.tsx';
import { useSignOut } from '../../features/sign-in/api/use-sign-out.ts';
import { destinationsFor } from './places.ts';

interface AccountMenuProps {
  /** The button; its children are given apart so that it can be drawn in bar and dock. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

/** What is mine, and the way out. */
export function AccountMenu({ trigger, children }: AccountMenuProps) {
  const signOut = useSignOut();
  const admin = useProfile()?.role === 'admin';
  return (
    <Menu trigger={trigger} label={children}>
      <AccountSummary />
      <MenuRow />
      {destinationsFor(admin).map(({ to, name, icon }) => (
        <MenuLink key={to} to={to} icon={icon}>
          {name}
        </MenuLink>
      ))}
      <MenuRow />
      <MenuItem icon={LogOut} onClick={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
