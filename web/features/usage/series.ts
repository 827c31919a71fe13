import type { UsageTrends } from './api/use-usage.ts';

/** What is drawn of a point. */
export interface Series {
  readonly key: keyof Omit<UsageTrends['data'][number], 'at'>;
  readonly label: string;
  /** A token. */
  readonly color: string;
  /** Sums that are no whole numbers. */
  readonly fractions?: true;
  readonly format: (value: number) => string;
}
