import type { Project } from '#contract/project.ts';
import { cx } from '#web/components/class-names.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';

const ROWS = ['first', 'second', 'third'] as const;

/** The newest avatars of a project: one large, up to three small. */
export function Cover({ covers }: { readonly covers: Project['covers'] }) {
  const [large, ...small] = covers;
  if (!large) {
    return (
      <span className="grid aspect-4/3 place-items-center rounded-image bg-sunken text-13 text-ink-3">
        No avatars yet
      </span>
    );
  }
  return (
    <span
      className={cx(
        'grid aspect-4/3 gap-0.5 overflow-hidden rounded-image',
        small.length > 0 ? 'grid-cols-[3fr_1fr] grid-rows-3' : 'grid-cols-1',
      )}
    >
      <AvatarImage
        src={large.thumbnailUrl}
        placeholder={large.placeholder}
        alt=""
        className={small.length > 0 ? 'row-span-3' : ''}
      />
      {small.length > 0 &&
        ROWS.map((row, index) => {
          const cover = small[index];
          return cover ? (
            <AvatarImage key={row} src={cover.thumbnailUrl} placeholder={cover.placeholder} alt="" />
          ) : (
            <span key={row} className="bg-sunken" />
          );
        })}
    </span>
  );
}
