import { Plus } from 'lucide-react';
import { Link } from 'react-router';
import type { Avatar } from '#contract/avatar.ts';
import { AvatarImage } from '#web/components/avatar-image.tsx';

interface VariationsProps {
  readonly family: readonly Avatar[];
  readonly shownId: string;
  readonly hrefOf: (avatarId: string) => string;
  /** Undefined: none can be created. */
  readonly moreHref: string | undefined;
}

const FRAME = 'block size-16 shrink-0 rounded-control';

/** The image among its variations, and a link that creates more. */
export function Variations({ family, shownId, hrefOf, moreHref }: VariationsProps) {
  return (
    <ul aria-label="Variations" className="-m-1 mt-2 flex gap-2 overflow-x-auto p-1.5 [scrollbar-width:none]">
      {family.map(({ id, name, thumbnailUrl, placeholder }) => (
        <li key={id}>
          <Link
            to={hrefOf(id)}
            replace
            preventScrollReset
            aria-label={name}
            aria-current={id === shownId ? 'page' : undefined}
            title={name}
            className={`${FRAME} outline-offset-2 aria-[current]:outline-2 aria-[current]:outline-ink focus-visible:outline-2 focus-visible:outline-accent`}
          >
            <AvatarImage src={thumbnailUrl} placeholder={placeholder} alt="" className="size-16 rounded-control" />
          </Link>
        </li>
      ))}
      {moreHref !== undefined && (
        <li>
          <Link
            to={moreHref}
            preventScrollReset
            aria-label="Create more variations"
            title="Create more variations"
            className={`${FRAME} grid place-items-center border border-dashed border-edge text-ink-3 hover:text-ink`}
          >
            <Plus size={20} strokeWidth={1.5} aria-hidden="true" />
          </Link>
        </li>
      )}
    </ul>
  );
}
