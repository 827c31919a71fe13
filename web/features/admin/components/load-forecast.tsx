import type { Stats } from '#contract/stats.ts';
import { counted } from '#web/format/count.ts';

const PERCENT = 100;

type ForecastHour = Stats['forecast']['hours'][number];

/** A bar an hour, scaled to the busiest. */
export function LoadForecast({ hours }: { readonly hours: readonly ForecastHour[] }) {
  const most = peakOf(hours)?.generations ?? 0;
  if (most === 0) return <p className="py-2 text-13 text-ink-3">No generations in the last weeks to forecast from.</p>;
  return (
    <figure className="pt-3">
      <ol aria-label="Generations expected by hour" className="flex h-24 items-end gap-0.5 border-b border-line">
        {hours.map(({ at, generations }) => {
          const text = `${hourOf(at)}: ${counted(generations, 'generation')}`;
          return (
            <li key={at} title={text} className="flex h-full min-w-0 flex-1 items-end">
              <span className="sr-only">{text}</span>
              <i
                aria-hidden="true"
                className="block w-full rounded-t-sm bg-ink-2"
                style={{ height: `${(generations / most) * PERCENT}%` }}
              />
            </li>
          );
        })}
      </ol>
      <figcaption aria-hidden="true" className="num flex justify-between pt-1 text-12 text-ink-3">
        {[hours[0], hours.at(-1)].map((hour) => hour && <span key={hour.at}>{hourOf(hour.at)}</span>)}
      </figcaption>
    </figure>
  );
}

/** The busiest hour and its load: "120 an hour at 19:00". Nothing while none is expected. */
export function peakText(hours: readonly ForecastHour[]): string | undefined {
  const peak = peakOf(hours);
  return peak && peak.generations > 0
    ? `up to ${counted(peak.generations, 'generation')} at ${hourOf(peak.at)}`
    : undefined;
}

function peakOf(hours: readonly ForecastHour[]): ForecastHour | undefined {
  return hours.toSorted((a, b) => b.generations - a.generations)[0];
}

function hourOf(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
