import { memo, type ReactNode, useRef } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { useFlip } from '#web/hooks/use-flip.ts';
import { useMarkAvatar } from '../api/use-mark-avatar.ts';
import { galleryNote } from '../avatar-labels.ts';
import { useGalleryKeys } from '../hooks/use-gallery-keys.ts';
import { useAvatarMenu } from '../hooks/use-avatar-menu.tsx';
import type { Selection } from '../hooks/use-selection.ts';
import { AvatarTile } from './avatar-tile.tsx';

const GRID =
  'grid grid-cols-3 in-data-[density=compact]:grid-cols-4 gap-x-3 gap-y-4 in-data-[density=compact]:gap-x-2 sm:in-data-[density=compact]:grid-cols-[repeat(auto-fill,minmax(var(--cell),1fr))] sm:grid-cols-[repeat(auto-fill,minmax(var(--cell),1fr))] sm:gap-y-5';

interface GalleryProps {
  readonly avatars: readonly Avatar[];
  readonly selection: Selection;
  /** Secondary text under a name; style and source by default. */
  readonly note?: (avatar: Avatar) => string;
  /** Link target of a tile; null: a tap only selects. */
  readonly linkTo: ((avatar: Avatar) => string) | null;
  /** Under each tile. */
  readonly action?: (avatar: Avatar) => ReactNode;
}

/** A grid of avatars. Tiles move to their new positions when one is added or removed. */
export const Gallery = memo(function Gallery({ avatars, selection, note = galleryNote, linkTo, action }: GalleryProps) {
  const list = useRef<HTMLUListElement>(null);
  useFlip(list);
  const mark = useMarkAvatar();
  const { openMenu, menu } = useAvatarMenu(avatars);
  const keys = useGalleryKeys(list, { onSelect: selection.toggle, avatars, onMark: mark });
  return (
    <>
      {/* Key events bubble up from the links and buttons inside. */}
      <ul ref={list} aria-label="Avatars" className={GRID} {...keys}>
        {avatars.map((avatar) => (
          <li key={avatar.id} data-flip={avatar.id} className="min-w-0">
            <AvatarTile
              avatar={avatar}
              note={note(avatar)}
              to={linkTo?.(avatar)}
              selected={selection.has(avatar.id)}
              selecting={selection.selecting}
              onToggle={selection.toggle}
              onMark={mark}
              onMenu={openMenu}
            />
            {action?.(avatar)}
          </li>
        ))}
      </ul>
      {menu}
    </>
  );
});

const PLACEHOLDERS = Array.from({ length: 14 }, (_, index) => `placeholder-${index}`);

export function GallerySkeleton() {
  return (
    <div role="status" aria-label="Loading the avatars" className={GRID}>
      {PLACEHOLDERS.map((key) => (
        <span key={key} aria-hidden="true">
          <span className="block aspect-square rounded-image bg-sunken" />
          <span className="mt-2 block h-[18px] w-3/5 rounded-option bg-sunken" />
          <span className="mt-1 block h-3 w-2/5 rounded-option bg-sunken" />
        </span>
      ))}
    </div>
  );
}
