import type { UsageTrends } from './api/use-usage.ts';

/** One series of a chart. */
export interface Series {
  readonly key: keyof Omit<UsageTrends['data'][number], 'at'>;
  readonly label: string;
  /** CSS color of a design token. */
  readonly color: string;
  /** Values are not whole numbers. */
  readonly fractions?: true;
  /** @param decimals as many as the other ticks of an axis have; by default what the value needs */
  readonly format: (value: number, decimals?: number) => string;
}
