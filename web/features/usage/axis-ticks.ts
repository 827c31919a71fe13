/** As many steps fit the height of a chart without crowding. */
const STEPS = 4;
/** Steps a reader adds up easily, times a power of ten. */
const ROUND_STEPS = [1, 2, 5, 10] as const;

export interface AxisTicks {
  /** Lowest first; zero is one of them. */
  readonly values: readonly number[];
  /** Of every tick's text: as few as tell the ticks apart. */
  readonly decimals: number;
}

/** @param totals the heights of the bars, negative for those below zero */
export function axisTicks(totals: readonly number[], allowFractions: boolean): AxisTicks {
  const highest = Math.max(0, ...totals);
  const lowest = Math.min(0, ...totals);
  const exponent = exponentOf((highest - lowest) / STEPS, allowFractions);
  const power = 10 ** exponent;
  const round = ROUND_STEPS.find((times) => times * power * STEPS >= highest - lowest) ?? 10;
  const decimals = Math.max(0, round === 10 ? -exponent - 1 : -exponent);
  const first = Math.floor(lowest / (round * power));
  const last = Math.max(first + 1, Math.ceil(highest / (round * power)));
  // Multiplied one by one and rounded: adding up fractions would drift.
  const values = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * round * power).toFixed(decimals)),
  );
  return { values, decimals };
}

function exponentOf(step: number, allowFractions: boolean): number {
  const exponent = step > 0 ? Math.floor(Math.log10(step)) : 0;
  return allowFractions ? exponent : Math.max(0, exponent);
}
