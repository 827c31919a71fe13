import { z } from 'zod';

export const LIST_LIMIT_MAX = 100;
const LIST_LIMIT_DEFAULT = 20;
/** A cursor may hold a name by which a list is sorted, and a name has up to 400 bytes. */
const CURSOR_MAX_LENGTH = 1000;

/** `?limit=&cursor=` of every list. The cursor is opaque and stays valid while rows are added. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
  // Its length is checked without a word in the schema, which would invite to try that many letters.
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
  total: z.number().int().min(0),
});

/** A page of items; its example is a page of the item's. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const data = item.meta()?.['examples'];
  const examples = Array.isArray(data)
    ? [{ data, meta: { nextCursor: null, hasMore: false, total: data.length } }]
    : [];
  return z.strictObject({ data: z.array(item), meta: listMeta }).meta({ examples });
}
export type ListOf<Item> = { data: Item[]; meta: z.infer<typeof listMeta> };
