import { z } from 'zod';
import type { PresetListQuery } from '#contract/preset.ts';
import { matchesTerms, searchTerms } from '#domain/text/folded-text.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listOwnPresets, type Preset } from '#drizzle/queries/avatars/presets.ts';
import { fromCursorText, toCursorText } from '#drizzle/queries/page.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { Gallery } from './gallery.ts';
import type { PresentPreset } from './present.ts';

export interface PresetDeps {
  readonly database: Database;
  readonly gallery: Gallery;
  readonly present: PresentPreset;
}

/** The last item of a page. The account's own presets come first, newest first; then the gallery in its order. */
const cursorSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('own'), at: z.number().int(), id: z.uuid() }),
  z.strictObject({ of: z.literal('all'), at: z.int32(), id: z.uuid() }),
]);
type Cursor = z.infer<typeof cursorSchema>;

/** The account's own presets and the public ones. Both are few enough to be filtered in memory. */
export function listPresets({ database, gallery, present }: PresetDeps): Handler<'listPresets'> {
  return async ({ query, caller }) => {
    const after = query.cursor === undefined ? undefined : decode(query.cursor);
    const [own, publicPresets] = await Promise.all([listOwnPresets(database, caller.accountId), gallery.read()]);
    const found = [...own, ...publicPresets].filter(matches(query));
    const rest = after ? found.filter((preset) => comesAfter(positionOf(preset), after)) : found;
    const page = rest.slice(0, query.limit);
    const last = page.at(-1);
    const hasMore = rest.length > page.length;
    const nextCursor = hasMore && last ? toCursorText(positionOf(last)) : null;
    const meta = { nextCursor, hasMore, total: found.length, totalIsExact: true };
    return { status: 200, body: { data: await Promise.all(page.map(present)), meta } };
  };
}

function matches({ category, q }: PresetListQuery) {
  const terms = searchTerms(q);
  return (preset: Preset) =>
    (category === undefined || preset.category === category) &&
    (terms === undefined || matchesTerms(terms, [preset.name, preset.category]));
}

function positionOf({ accountId, createdAt, position, id }: Preset): Cursor {
  return accountId === null ? { of: 'all', at: position, id } : { of: 'own', at: createdAt.getTime(), id };
}

function comesAfter(item: Cursor, cursor: Cursor): boolean {
  if (item.of !== cursor.of) return item.of === 'all';
  const isGreater = item.at > cursor.at || (item.at === cursor.at && item.id > cursor.id);
  const isSame = item.at === cursor.at && item.id === cursor.id;
  return item.of === 'all' ? isGreater : !isGreater && !isSame;
}

function decode(cursor: string): Cursor {
  const at = fromCursorText(cursor, cursorSchema);
  if (at !== undefined) return at;
  throw new ApiProblem('validation_failed', {
    errors: [{ path: 'cursor', message: 'is not a cursor of this list' }],
  });
}
