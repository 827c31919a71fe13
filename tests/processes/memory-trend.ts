/** Memory of a process, or of several together, at one moment. */
export interface MemorySample {
  /** Since the start of the watch, s. */
  readonly seconds: number;
  readonly bytes: number;
}

export interface MemoryTrend {
  /** The mean, bytes. */
  readonly meanBytes: number;
  /** Of the least squares fit, bytes in ten minutes. */
  readonly slopeBytes: number;
  /** By which the fit grows from its beginning to its end, bytes. */
  readonly growthBytes: number;
}

const TEN_MINUTES_S = 600;
/** The first third is a warm-up: pools, caches and compiled code grow to their limits. */
const WARM_UP = 1 / 3;
/** A leak of 2 KiB an avatar is more than this within half an hour of ten avatars a second; garbage that waits is less. */
export const FLAT_BYTES = 32 * 2 ** 20;

/** The least squares fit of the last two thirds of the samples. @throws Error for fewer than three of those */
export function memoryTrend(samples: readonly MemorySample[]): MemoryTrend {
  const end = samples.at(-1)?.seconds ?? 0;
  const steady = samples.filter(({ seconds }) => seconds >= end * WARM_UP);
  if (steady.length < 3) throw new Error(`${steady.length} samples show no trend`);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanSeconds = mean(steady.map(({ seconds }) => seconds));
  const meanBytes = mean(steady.map(({ bytes }) => bytes));
  const slope =
    mean(steady.map(({ seconds, bytes }) => (seconds - meanSeconds) * (bytes - meanBytes))) /
    mean(steady.map(({ seconds }) => (seconds - meanSeconds) ** 2));
  return { meanBytes, slopeBytes: slope * TEN_MINUTES_S, growthBytes: slope * (end - steady[0]!.seconds) };
}

/** Whether memory is flat: over the last two thirds, its fit grows by less than {@link FLAT_BYTES}. It may shrink. */
export function isFlat({ growthBytes }: MemoryTrend): boolean {
  return growthBytes < FLAT_BYTES;
}
