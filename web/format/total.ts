import type { ListOf } from '#contract/list.ts';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import { formatCount } from './count.ts';

/** The part of a list's `meta` that says how long the list is. */
type Total = Pick<ListOf<unknown>['meta'], 'total' | 'totalIsExact'>;

/** "1 204", or "5 000+" for a list that is too long to be counted. */
export function formatTotal({ total, totalIsExact }: Total): string {
  return totalIsExact ? formatCount(total) : `${formatCount(total)}+`;
}

/** "1 204 avatars", or "5 000+ avatars". */
export function countedTotal(meta: Total, one: string, many = `${one}s`): string {
  return `${formatTotal(meta)}\u00A0${meta.total === 1 && meta.totalIsExact ? one : many}`;
}

/** The same for a number that is counted up to {@link COUNTED_MAX}. */
export function countedUpToMax(total: number, one: string): string {
  return countedTotal({ total, totalIsExact: total < COUNTED_MAX }, one);
}
