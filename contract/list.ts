import { z } from 'zod';

export const LIST_LIMIT_MAX = 100;
const LIST_LIMIT_DEFAULT = 20;
/** A cursor may contain the name that a list is sorted by, which has up to 1,600 bytes. */
export const CURSOR_MAX_LENGTH = 2_400;

/** `?limit=&cursor=` of every list. The cursor is opaque and stays valid while rows are added. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
  // The length is checked but not in the JSON Schema, where fuzzers would generate strings of that length.
  cursor: z
    .string()
    .refine((cursor) => cursor.length <= CURSOR_MAX_LENGTH, { error: 'is not a cursor of this list' })
    .optional()
    .meta({ format: 'cursor', description: 'The `nextCursor` of the previous page' }),
});
export type ListQuery = z.infer<typeof listQuery>;

const listMeta = z.strictObject({
  nextCursor: z.string().nullable(),
  hasMore: z.boolean(),
  total: z.number().int().min(0).meta({ description: 'Number of items in the whole list' }),
  totalIsExact: z.boolean().meta({
    description: 'False for a list that is too long to be counted: it has at least `total` items',
  }),
});

/** A page of items; its example contains the item's example. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const data = item.meta()?.['examples'];
  const examples = Array.isArray(data)
    ? [{ data, meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true } }]
    : [];
  return z.strictObject({ data: z.array(item), meta: listMeta }).meta({ examples });
}
export type ListOf<Item> = { data: Item[]; meta: z.infer<typeof listMeta> };
