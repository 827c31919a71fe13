import type { CallOptions } from './options.ts';
import type { RequestInput, Transport } from './transport.ts';

/** Default page size: the API's maximum. */
const PAGE_SIZE = 100;

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly meta: {
    readonly nextCursor: string | null;
    readonly hasMore: boolean;
    readonly total: number;
    readonly totalIsExact: boolean;
  };
}

export interface ListOptions extends CallOptions {
  /** Items per page, 1 to 100. Default: 100. */
  readonly pageSize?: number | undefined;
}

/** A list that is read page by page during iteration: `for await (const item of list)`. Each iteration starts at the first page. */
export interface List<Item> extends AsyncIterable<Item> {
  pages(): AsyncIterable<Page<Item>>;
}

/** @param filter the list's own query */
export function createList<Item>(
  transport: Transport,
  path: string,
  filter: NonNullable<RequestInput['query']>,
  { signal, pageSize = PAGE_SIZE }: ListOptions,
): List<Item> {
  async function* pages(): AsyncGenerator<Page<Item>> {
    let cursor: string | undefined;
    do {
      const query = { ...filter, limit: pageSize, cursor };
      const page: Page<Item> = await transport.json<Page<Item>>({ method: 'GET', path, query, signal });
      yield page;
      cursor = page.meta.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.data;
    },
  };
}
