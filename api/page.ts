import type { ListOf, ListQuery } from '../contract/list.ts';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '../drizzle/page.ts';
import { ApiProblem } from './problem.ts';

/** @throws ApiProblem validation_failed when the cursor is none of ours */
export function pageRequest({ limit, cursor }: ListQuery): PageRequest {
  if (cursor === undefined) return { limit };
  const after = decodeCursor(cursor);
  if (after === undefined) {
    throw new ApiProblem('validation_failed', {
      errors: [{ path: 'cursor', message: 'is not a cursor of this list' }],
    });
  }
  return { limit, after };
}

/** A page as the contract's list. */
export function listOfPage<Item>({ next, total }: Page<unknown>, data: Item[]): ListOf<Item> {
  return { data, meta: { nextCursor: next && encodeCursor(next), hasMore: next !== null, total } };
}
