import { counted } from '#web/format/count.ts';

const PERCENT = 100;

export interface Outcomes {
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Shares of outcomes as one bar: done, failed, cancelled. Screen readers get the counts. */
export function ShareBar({ done, failed, cancelled }: Outcomes) {
  const all = done + failed + cancelled;
  const width = (part: number) => ({ width: `${all === 0 ? 0 : (part / all) * PERCENT}%` });
  return (
    <span
      role="img"
      aria-label={`${counted(done, 'done', 'done')}, ${counted(failed, 'failed', 'failed')}, ${counted(cancelled, 'cancelled', 'cancelled')}`}
      className="flex h-2 w-full min-w-24 overflow-hidden rounded-full bg-sunken"
    >
      <i className="bg-ink-2" style={width(done)} />
      <i className="bg-bad" style={width(failed)} />
      <i className="bg-edge" style={width(cancelled)} />
    </span>
  );
}

const LEGEND = [
  ['bg-ink-2', 'done'],
  ['bg-bad', 'failed'],
  ['bg-edge', 'cancelled'],
] as const;

export function ShareLegend() {
  return (
    <p className="flex gap-3 text-12 text-ink-3">
      {LEGEND.map(([color, label]) => (
        <span key={label} className="inline-flex items-center gap-1.5">
          <i aria-hidden="true" className={`size-2 rounded-full ${color}`} /> {label}
        </span>
      ))}
    </p>
  );
}
