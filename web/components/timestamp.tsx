import { formatMoment } from '../format/moment.ts';

/** A short date and time in a table; the full one is in its tooltip. */
export function Timestamp({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={new Date(at).toLocaleString('en-GB')} className="num whitespace-nowrap text-ink-3">
      {formatMoment(at)}
    </time>
  );
}
