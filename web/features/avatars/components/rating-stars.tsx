import { Star } from 'lucide-react';
import { RATING_MAX } from '#domain/avatar/rating.ts';
import { cx } from '#web/components/class-names.ts';
import { counted } from '#web/format/count.ts';

const STARS = Array.from({ length: RATING_MAX }, (_, index) => index + 1);

interface RatingStarsProps {
  readonly rating: number | null;
  readonly onChange: (rating: number | null) => void;
}

/** Five stars. Pressing the one that is chosen clears the rating. */
export function RatingStars({ rating, onChange }: RatingStarsProps) {
  return (
    <div role="group" aria-label="Rating" className="flex">
      {STARS.map((star) => {
        const filled = rating !== null && star <= rating;
        return (
          <button
            key={star}
            type="button"
            aria-label={`Rate ${counted(star, 'star')}`}
            aria-pressed={star === rating}
            title={star === rating ? 'Clear the rating' : counted(star, 'star')}
            onClick={() => onChange(star === rating ? null : star)}
            className={cx(
              'grid h-(--control) w-8 place-items-center rounded-control hover:text-ink pointer-coarse:w-11',
              filled ? 'text-ink' : 'text-ink-3',
            )}
          >
            <Star size={16} strokeWidth={1.5} aria-hidden="true" className={cx(filled && 'fill-current')} />
          </button>
        );
      })}
    </div>
  );
}
