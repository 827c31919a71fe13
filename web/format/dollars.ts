const CENT = 0.01;
const TEN_DOLLARS = 10;

/** US dollars: "$12.35", "−$4.07". Images cost fractions of a cent, so small amounts have up to two more decimals. */
export function formatDollars(usd: number): string {
  const sum = Math.abs(usd);
  const maximumFractionDigits = sum < CENT ? 4 : sum < TEN_DOLLARS ? 3 : 2;
  const digits = sum.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits, useGrouping: false });
  return `${usd < 0 ? '\u2212' : ''}$${digits}`;
}
