import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense } from 'react';

const AccountMenu = lazy(async () => ({
  default: (await import('./account-menu.tsx')).AccountMenu,
}));

interface LazyAccountMenuProps {
  readonly trigger: ReactElement<{ children?: ReactNode }>;
  readonly children: ReactNode;
}

/** The account menu, loaded after the first render: its library is a fifth of the page's script. */
export function LazyAccountMenu({ trigger, children }: LazyAccountMenuProps) {
  return (
    <Suspense fallback={cloneElement(trigger, {}, children)}>
      <AccountMenu trigger={trigger}>{children}</AccountMenu>
    </Suspense>
  );
}
