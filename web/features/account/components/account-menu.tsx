import { Menu } from '@base-ui/react/menu';
import { LogOut } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { useTokenStore } from '../../../session/session-context.ts';
import { useMe } from '../api/use-me.ts';

interface AccountMenuProps {
  /** The button; its children are given apart so that it can be drawn in bar and dock. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

export function AccountMenu({ trigger, children }: AccountMenuProps) {
  const me = useMe();
  const tokens = useTokenStore();
  const home = useRef<HTMLSpanElement>(null); // the menu stays in the bar's landmark
  return (
    <span ref={home} className="contents">
      <Menu.Root modal={false}>
        <Menu.Trigger render={trigger}>{children}</Menu.Trigger>
        <Menu.Portal container={home}>
          <Menu.Positioner sideOffset={8} align="end" collisionPadding={8} className="z-20">
            <Menu.Popup className="float-in min-w-52 rounded-picture bg-raised p-2 shadow-float outline-none">
              <div className="px-3 py-2">
                <p className="font-strong">{me?.name ?? 'You'}</p>
                {me && (
                  <p className="text-13 text-ink-3">
                    {me.role === 'admin' ? 'Admin' : `${me.tier} tier`} ·{' '}
                    <span className="num">{me.limits.dailyGenerationsLeft}</span> of{' '}
                    <span className="num">{me.limits.dailyGenerations}</span> left today
                  </p>
                )}
              </div>
              <Menu.Item
                onClick={() => tokens.clear()}
                className="flex min-h-(--control) cursor-pointer items-center gap-2 rounded-option px-3 outline-none data-highlighted:bg-hover"
              >
                <LogOut size={16} strokeWidth={1.5} aria-hidden="true" /> Sign out
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </span>
  );
}
