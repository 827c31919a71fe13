import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense } from 'react';

const AccountMenu = lazy(async () => ({
  default: (await import('./account-menu.tsx')).AccountMenu,
}));

interface LazyAccountMenuProps {
  readonly trigger: ReactElement<{ children?: ReactNode }>;
  readonly children: ReactNode;
}

/** The menu's machinery is a fifth of the page's script and not needed to see anything: it comes after the first paint. */
export function LazyAccountMenu({ trigger, children }: LazyAccountMenuProps) {
  return (
    <Suspense fallback={cloneElement(trigger, {}, children)}>
      <AccountMenu trigger={trigger}>{children}</AccountMenu>
    </Suspense>
  );
}
