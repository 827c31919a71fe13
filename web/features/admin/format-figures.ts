import { formatCount } from '#web/format/count.ts';
import { formatDuration } from '#web/format/duration.ts';

const PERCENT = 100;
const CENTS_DIGITS = 2;
/** Decimal, as storage is billed. */
const BYTE_STEP = 1_000;
const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const NONE = 'none yet';

/** 0.976 -> "97.6 %". @param rate null while nothing has finished, which is not 0 % */
export function percent(rate: number | null): string {
  if (rate === null) return NONE;
  return `${Number((rate * PERCENT).toFixed(1))}\u00A0%`;
}

/** "p95 11.8 s"; undefined when there is no data. */
export function p95(spread: { readonly p95: number } | null): string | undefined {
  return spread ? `p95 ${formatDuration(spread.p95)}` : undefined;
}

export function p50(spread: { readonly p50: number } | null): string {
  return spread ? formatDuration(spread.p50) : NONE;
}

/** US dollars; amounts below a cent keep one significant digit. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.01) return `$${usd.toPrecision(1)}`;
  return `$${usd.toFixed(CENTS_DIGITS)}`;
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
