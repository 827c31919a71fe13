import type { ListOf, ListQuery } from '#contract/list.ts';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#drizzle/queries/page.ts';
import { ApiProblem } from './problem.ts';

/**
 * The page that a query requests.
 * @throws ApiProblem validation_failed when the cursor is not valid
 */
export function pageRequest(query: ListQuery): PageRequest {
  return pageRequestBy(query, decodeCursor);
}

/**
 * The same for a list with its own cursor format.
 * @param decode returns undefined when the cursor is not valid
 * @throws ApiProblem validation_failed
 */
export function pageRequestBy<At>(
  { limit, cursor }: ListQuery,
  decode: (cursor: string) => At | undefined,
): PageRequest<At> {
  if (cursor === undefined) return { limit };
  const after = decode(cursor);
  if (after === undefined) {
    throw new ApiProblem('validation_failed', {
      errors: [{ path: 'cursor', message: 'is not a cursor of this list' }],
    });
  }
  return { limit, after };
}

/** A page as the contract's list. */
export function listOfPage<Item>(page: Page<unknown>, data: Item[]): ListOf<Item> {
  return listOfPageBy(page, data, encodeCursor);
}

/** The same for a list with its own cursor format. */
export function listOfPageBy<Item, At>(
  { next, total, totalIsExact }: Page<unknown, At>,
  data: Item[],
  encode: (next: At) => string,
): ListOf<Item> {
  return { data, meta: { nextCursor: next && encode(next), hasMore: next !== null, total, totalIsExact } };
}
