import { Link } from 'react-router';
import { formatCount } from '#web/format/count.ts';

/** For those with too few credits: how many there are, leading to the page that says how to get more. */
export function AvailableCreditsLink({ available }: { readonly available: number }) {
  return (
    <Link to="/credits" className="underline decoration-edge underline-offset-3 hover:decoration-ink">
      {formatCount(available)} available
    </Link>
  );
}
