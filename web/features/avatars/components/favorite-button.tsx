import { Heart } from 'lucide-react';
import { isolated } from '#domain/text/isolated.ts';
import { cx } from '#web/components/class-names.ts';

interface FavoriteButtonProps {
  readonly name: string;
  readonly favorite: boolean;
  readonly onChange: (favorite: boolean) => void;
  /** Of the icon, px. */
  readonly size?: number;
  /** False: not in the tab order, because a key does the same. */
  readonly tabbable?: boolean;
  readonly className?: string;
}

/** Marks an avatar as favorite, or takes the mark back. */
export function FavoriteButton(props: FavoriteButtonProps) {
  const { name, favorite, onChange, size = 16, tabbable = true, className } = props;
  return (
    <button
      type="button"
      aria-label={`Favorite ${isolated(name)}`}
      aria-pressed={favorite}
      title={favorite ? 'Favorite' : 'Mark as favorite'}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => onChange(!favorite)}
      className={className}
    >
      <Heart size={size} strokeWidth={1.5} aria-hidden="true" className={cx(favorite && 'fill-current')} />
    </button>
  );
}
