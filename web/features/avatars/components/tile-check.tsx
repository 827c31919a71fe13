import { Check } from 'lucide-react';
import { isolated } from '#domain/text/isolated.ts';
import { cx } from '#web/components/class-names.ts';

interface TileCheckProps {
  readonly name: string;
  readonly checked: boolean;
  /** Always visible and in the tab order; otherwise only on hover. */
  readonly shown: boolean;
  /** Decorative, because the tile itself is the toggle button. */
  readonly decorative: boolean;
  readonly onToggle: (range: boolean) => void;
}

/** The checkbox in a tile's corner. Its own background keeps it visible on any image. */
export function TileCheck({ name, checked, shown, decorative, onToggle }: TileCheckProps) {
  const box = (
    <span
      className={cx(
        'grid size-5 place-items-center rounded-option border',
        checked ? 'border-ink bg-ink text-paper' : 'border-edge bg-raised',
      )}
    >
      {checked && <Check size={16} strokeWidth={2} aria-hidden="true" />}
    </span>
  );
  const positionClass = 'absolute top-0 left-0 grid size-9 place-items-center pointer-coarse:size-11';
  if (decorative) {
    return shown || checked ? (
      <span aria-hidden="true" className={cx(positionClass, 'pointer-events-none')}>
        {box}
      </span>
    ) : null;
  }
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      aria-label={`Select ${isolated(name)}`}
      tabIndex={shown ? 0 : -1}
      onClick={(event) => onToggle(event.shiftKey)}
      className={cx(
        positionClass,
        'rounded-control outline-offset-0',
        !shown &&
          'pointer-coarse:hidden opacity-0 transition-opacity duration-(--quick) group-focus-within:opacity-100 group-hover:opacity-100',
      )}
    >
      {box}
    </button>
  );
}
