const CENT = 0.01;
const TEN_DOLLARS = 10;

/**
 * US dollars: "$12.35", "−$4.07", "$1 204.50". Images cost fractions of a cent, so small amounts have up to two more decimals.
 *
 * @param decimals for amounts that are read together, such as those of an axis, which then have equally many
 */
export function formatDollars(usd: number, decimals?: number): string {
  const sum = Math.abs(usd);
  const digits = sum.toLocaleString('en-US', {
    minimumFractionDigits: decimals ?? 2,
    maximumFractionDigits: decimals ?? (sum < CENT ? 4 : sum < TEN_DOLLARS ? 3 : 2),
  });
  return `${usd < 0 ? '\u2212' : ''}$${digits.replaceAll(',', '\u202F')}`;
}
