import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { Avatar } from '#contract/avatar.ts';
import { useShortcut } from '#web/hooks/use-shortcut.ts';
import type { MarkAvatar } from '../api/use-mark-avatar.ts';
import { useMarkKeys } from './use-mark-keys.ts';

const TILE = '[data-tile]';

interface GalleryActions {
  readonly avatars: readonly Avatar[];
  /** x was pressed on the tile with this id; with shift, the range since the last one is meant. */
  readonly onSelect: (id: string, range: boolean) => void;
  readonly onMark: MarkAvatar;
}

/**
 * Keyboard navigation: j and k move through the gallery from anywhere; arrows, Home and End from within; x selects, f and digits mark.
 * When the focused tile is removed, its neighbor gets the focus.
 */
export function useGalleryKeys(list: RefObject<HTMLElement | null>, { avatars, onSelect, onMark }: GalleryActions) {
  const last = useRef<number>(undefined);
  const tiles = () => [...(list.current?.querySelectorAll<HTMLElement>(TILE) ?? [])];
  const current = () => {
    const item = document.activeElement?.closest('li');
    return tiles().findIndex((tile) => item?.contains(tile));
  };
  const step = (by: number) => {
    const all = tiles();
    const at = current();
    const next = at < 0 ? all[last.current ?? 0] : all[Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
  };
  const currentId = () => tiles()[current()]?.dataset['tile'];
  const select = (range: boolean) => {
    const id = currentId();
    if (id !== undefined) onSelect(id, range);
  };
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));
  useShortcut('x', () => select(false));
  useShortcut('X', () => select(true));
  useMarkKeys(() => {
    const id = currentId();
    return avatars.find((avatar) => avatar.id === id);
  }, onMark);
  useLayoutEffect(() => {
    if (last.current === undefined || document.activeElement !== document.body) return;
    const all = tiles();
    all[Math.min(last.current, all.length - 1)]?.focus({ preventScroll: true });
  });
  return {
    onFocus: () => {
      last.current = current();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
      const by =
        { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key] ?? rows(event.key, tiles());
      if (by === undefined) return;
      event.preventDefault();
      step(isRightToLeft(event) && Math.abs(by) === 1 ? -by : by);
    },
  };
}

/** How many tiles a row has, up or down; undefined for other keys. */
function rows(key: string, tiles: readonly HTMLElement[]): number | undefined {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const top = tiles[0]?.getBoundingClientRect().top;
  const columns = tiles.findIndex((tile) => tile.getBoundingClientRect().top !== top);
  return (columns < 0 ? 0 : columns) * (key === 'ArrowUp' ? -1 : 1);
}

function isRightToLeft({ currentTarget }: KeyboardEvent): boolean {
  return getComputedStyle(currentTarget).direction === 'rtl';
}
