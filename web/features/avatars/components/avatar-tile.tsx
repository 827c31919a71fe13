import { Ellipsis } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { Link } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import { isolated } from '#domain/text/isolated.ts';
import type { MarkAvatar } from '../api/use-mark-avatar.ts';
import { cx } from '#web/components/class-names.ts';
import { useLongPress } from '#web/hooks/use-long-press.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';
import type { OpenAvatarMenu } from '../hooks/use-avatar-menu.tsx';
import { FavoriteButton } from './favorite-button.tsx';
import { TileCheck } from './tile-check.tsx';

interface AvatarTileProps {
  readonly avatar: Avatar;
  /** Secondary text under the name. */
  readonly note: string;
  /** Link target; undefined: a tap selects the tile. */
  readonly to?: string | undefined;
  readonly selected: boolean;
  /** A tap selects instead of opening. */
  readonly selecting: boolean;
  readonly onToggle: (id: string, range: boolean) => void;
  readonly onMark: MarkAvatar;
  readonly onMenu: OpenAvatarMenu;
}

/** An icon in an upper corner; its own background keeps it visible on any image. */
const CORNER =
  'absolute top-0 grid size-9 place-items-center rounded-control *:box-content *:rounded-option *:bg-raised *:p-0.5 pointer-coarse:size-11';
const ON_HOVER =
  'opacity-0 transition-opacity duration-(--quick) pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100';
const TILE = 'block w-full min-w-0 rounded-image text-left outline-offset-2';

/**
 * One avatar of the gallery. Its checkbox selects it; so does x, or a tap while others are selected. Its heart, or f, marks it as
 * favorite. Its menu has the other actions; a finger that stays on the tile opens it, too.
 */
export const AvatarTile = memo(function AvatarTile({
  avatar,
  note,
  to,
  selected,
  selecting,
  onToggle,
  onMark,
  onMenu,
}: AvatarTileProps) {
  const toggle = (event: MouseEvent) => {
    event.preventDefault();
    onToggle(avatar.id, event.shiftKey);
  };
  const longPress = useLongPress((tile) => tile.querySelector<HTMLElement>('[data-menu]')?.click());
  const content = (
    <>
      <AvatarImage
        src={avatar.thumbnailUrl}
        takenDown={avatar.review === 'taken_down'}
        placeholder={avatar.placeholder}
        alt=""
        className={cx(
          'aspect-square rounded-image transition-transform duration-(--quick) ease-calm',
          selected && 'scale-92',
        )}
      />
      <span className="mt-2 block truncate text-13 leading-tight" title={avatar.name}>
        <bdi>{avatar.name}</bdi>
      </span>
      <span className="block truncate text-12 leading-tight text-ink-3">{note}</span>
    </>
  );
  return (
    <div className="group relative select-none [-webkit-touch-callout:none]" {...longPress}>
      {to === undefined ? (
        <button type="button" data-tile={avatar.id} aria-pressed={selected} onClick={toggle} className={TILE}>
          {content}
        </button>
      ) : (
        <Link to={to} data-tile={avatar.id} {...(selecting && { onClick: toggle })} className={TILE} draggable={false}>
          {content}
        </Link>
      )}
      <TileCheck
        name={avatar.name}
        checked={selected}
        shown={selecting}
        decorative={to === undefined}
        onToggle={(range) => onToggle(avatar.id, range)}
      />
      {to !== undefined && (
        <>
          <FavoriteButton
            name={avatar.name}
            favorite={avatar.favorite}
            tabbable={false}
            onChange={(favorite) => onMark(avatar, { favorite })}
            className={cx(CORNER, 'right-0', !avatar.favorite && `${ON_HOVER} pointer-coarse:hidden`)}
          />
          <button
            type="button"
            data-menu=""
            aria-haspopup="menu"
            aria-label={`Actions for ${isolated(avatar.name)}`}
            onClick={({ currentTarget }) => onMenu(avatar.id, currentTarget)}
            className={cx(
              CORNER,
              ON_HOVER,
              avatar.favorite ? 'right-9 pointer-coarse:right-11' : 'right-9 pointer-coarse:right-0',
              'focus-visible:opacity-100 pointer-coarse:pointer-events-none',
            )}
          >
            <Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
        </>
      )}
    </div>
  );
});
