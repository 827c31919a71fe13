import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Avatar } from '#contract/avatar.ts';

const AvatarMenu = lazy(() => import('../components/avatar-menu.tsx'));

export type OpenAvatarMenu = (avatarId: string, anchor: HTMLElement) => void;

/** One menu for a list of avatars. */
export function useAvatarMenu(avatars: readonly Avatar[]): { openMenu: OpenAvatarMenu; menu: ReactNode } {
  const [opened, setOpened] = useState<{ readonly id: string; readonly anchor: HTMLElement }>();
  const avatar = opened && avatars.find(({ id }) => id === opened.id);
  const openMenu = useCallback<OpenAvatarMenu>((id, anchor) => setOpened({ id, anchor }), []);
  const menu = opened && avatar && (
    <Suspense fallback={null}>
      <AvatarMenu key={avatar.id} avatar={avatar} anchor={opened.anchor} onClose={() => setOpened(undefined)} />
    </Suspense>
  );
  return { openMenu, menu };
}
