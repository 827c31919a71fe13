import type { UsageTrends } from './api/use-usage.ts';

/** What is drawn of a point. */
export interface Series {
  readonly key: keyof Omit<UsageTrends['data'][number], 'at'>;
  readonly label: string;
  readonly shape: 'bar' | 'line';
  /** A token. */
  readonly colour: string;
  readonly words: (value: number) => string;
}
