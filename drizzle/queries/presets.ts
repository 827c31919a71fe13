import { and, asc, eq, gt, ilike, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Persona } from '../../contract/avatar.ts';
import type { VisualAttributes } from '../../domain/attributes.ts';
import type { Database } from '../database.ts';
import { presets } from '../schema/presets.ts';
import { retrying } from '../transient.ts';

/** A starting point. */
export interface Preset {
  readonly id: string;
  /** Null: everybody's. */
  readonly accountId: string | null;
  readonly category: string;
  readonly name: string;
  readonly prompt: string;
  readonly personaTemplate: Persona;
  readonly attributes: VisualAttributes;
  readonly previewObject: string | null;
  readonly usageCount: number;
  /** Order in the gallery; with the id it is where a page goes on. */
  readonly position: number;
}

export interface PresetFilter {
  readonly category?: string | undefined;
  /** Words in the name or category. */
  readonly q?: string | undefined;
}

export interface PresetPage {
  readonly limit: number;
  readonly after?: { readonly position: number; readonly id: string } | undefined;
}

/** Public presets and the account's own, in gallery order. One row more than `limit` says that there is a next page. */
export async function listPresets(
  database: Database,
  accountId: string,
  filter: PresetFilter,
  page: PresetPage,
): Promise<{ readonly items: Preset[]; readonly hasMore: boolean; readonly total: number }> {
  const wanted = and(visibleTo(accountId), matching(filter));
  const { after } = page;
  const further =
    after &&
    or(gt(presets.position, after.position), and(eq(presets.position, after.position), gt(presets.id, after.id)));
  const rows = await retrying(() =>
    database.db
      .select()
      .from(presets)
      .where(and(wanted, further))
      .orderBy(asc(presets.position), asc(presets.id))
      .limit(page.limit + 1),
  );
  const total = await retrying(() => database.db.$count(presets, wanted));
  return { items: rows.slice(0, page.limit).map(toPreset), hasMore: rows.length > page.limit, total };
}

/** Somebody else's own preset is as absent as a missing one. */
export async function readPreset(database: Database, accountId: string, id: string): Promise<Preset | undefined> {
  const [row] = await retrying(() =>
    database.db
      .select()
      .from(presets)
      .where(and(eq(presets.id, id), visibleTo(accountId))),
  );
  return row && toPreset(row);
}

function visibleTo(accountId: string): SQL | undefined {
  return or(isNull(presets.accountId), eq(presets.accountId, accountId));
}

function matching({ category, q }: PresetFilter): SQL | undefined {
  const pattern = q === undefined ? undefined : `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return and(
    category === undefined ? undefined : eq(presets.category, category),
    pattern === undefined ? undefined : or(ilike(presets.name, pattern), ilike(presets.category, pattern)),
  );
}

/** An avatar was made from it. */
export async function countPresetUse(database: Database, id: string): Promise<void> {
  await retrying(() =>
    database.db
      .update(presets)
      .set({ usageCount: sql`${presets.usageCount} + 1` })
      .where(eq(presets.id, id)),
  );
}

function toPreset(row: typeof presets.$inferSelect): Preset {
  return {
    id: row.id,
    accountId: row.accountId,
    category: row.category,
    name: row.name,
    prompt: row.prompt,
    personaTemplate: row.personaTemplate,
    attributes: row.attributes,
    previewObject: row.previewObject,
    usageCount: row.usageCount,
    position: row.position,
  };
}
