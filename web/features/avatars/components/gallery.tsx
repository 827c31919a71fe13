import { useRef } from 'react';
import type { Avatar } from '../../../../contract/avatar.ts';
import { useFlip } from '../../../hooks/use-flip.ts';
import { AvatarTile } from './avatar-tile.tsx';

const GRID = 'grid grid-cols-3 gap-x-3 gap-y-4 sm:grid-cols-[repeat(auto-fill,minmax(var(--cell),1fr))] sm:gap-y-5';

interface GalleryProps {
  readonly avatars: readonly Avatar[];
  readonly onBroken: () => void;
}

/** The contact sheet. Pictures glide to their new places when one is added. */
export function Gallery({ avatars, onBroken }: GalleryProps) {
  const list = useRef<HTMLUListElement>(null);
  useFlip(list);
  return (
    <ul ref={list} aria-label="Avatars" className={GRID}>
      {avatars.map((avatar) => (
        <li key={avatar.id} data-flip={avatar.id} className="min-w-0">
          <AvatarTile avatar={avatar} onBroken={onBroken} />
        </li>
      ))}
    </ul>
  );
}

const PLACES = Array.from({ length: 14 }, (_, index) => `place-${index}`);

export function GallerySkeleton() {
  return (
    <div role="status" aria-label="Reading the avatars" className={GRID}>
      {PLACES.map((place) => (
        <span key={place} aria-hidden="true">
          <span className="block aspect-square rounded-picture bg-sunken" />
          <span className="mt-2 block h-[18px] w-3/5 rounded-option bg-sunken" />
          <span className="mt-1 block h-3 w-2/5 rounded-option bg-sunken" />
        </span>
      ))}
    </div>
  );
}
