import { formatCount } from '#web/format/count.ts';
import { formatDuration } from '#web/format/duration.ts';
import { NONE_YET } from '#web/format/percent.ts';

/** Decimal, as storage is billed. */
const BYTE_STEP = 1_000;
const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** "p95 11.8 s"; undefined when there is no data. */
export function p95(spread: { readonly p95: number } | null): string | undefined {
  return spread ? `p95 ${formatDuration(spread.p95)}` : undefined;
}

export function p50(spread: { readonly p50: number } | null): string {
  return spread ? formatDuration(spread.p50) : NONE_YET;
}

/** 40123456 -> "40.1 MB". */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= BYTE_STEP && unit < BYTE_UNITS.length - 1) {
    value /= BYTE_STEP;
    unit += 1;
  }
  const shown = unit === 0 ? formatCount(value) : value.toFixed(1);
  return `${shown}\u00A0${BYTE_UNITS[unit] ?? ''}`;
}
