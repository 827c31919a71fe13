import { Ellipsis } from 'lucide-react';
import type { Avatar } from '#contract/avatar.ts';
import { isolated } from '#domain/text/isolated.ts';
import { Button } from '#web/components/button.tsx';
import { buttonClass } from '#web/components/button-style.ts';
import { useKnownAvatar } from '../api/use-known-avatar.ts';
import { useMarkAvatar } from '../api/use-mark-avatar.ts';
import { useAvatarMenu } from '../hooks/use-avatar-menu.tsx';
import { FavoriteButton } from './favorite-button.tsx';

/** The actions on an avatar that has just been generated, on its card. */
export function ResultActions({ avatar: received }: { readonly avatar: Avatar }) {
  const avatar = useKnownAvatar(received);
  const mark = useMarkAvatar();
  const { openMenu, menu } = useAvatarMenu([avatar]);
  return (
    <>
      <FavoriteButton
        name={avatar.name}
        favorite={avatar.favorite}
        onChange={(favorite) => mark(avatar, { favorite })}
        className={buttonClass({ tone: 'bare', size: 'small', icon: true })}
      />
      <Button
        tone="bare"
        size="small"
        icon
        data-menu=""
        aria-haspopup="menu"
        aria-label={`Actions for ${isolated(avatar.name)}`}
        onClick={({ currentTarget }) => openMenu(avatar.id, currentTarget)}
      >
        <Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />
      </Button>
      {menu}
    </>
  );
}
