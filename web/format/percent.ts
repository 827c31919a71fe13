/** In place of a figure without data. */
export const NONE_YET = 'none yet';
const PERCENT = 100;

/** 0.976 -> "97.6 %", 0.5 -> "50 %". @param share null while there is nothing to measure, which is not 0 % */
export function formatPercent(share: number | null): string {
  return share === null ? NONE_YET : `${Number((share * PERCENT).toFixed(1))}\u00A0%`;
}
