import { and, asc, desc, eq, getTableColumns, isNull, notInArray, or, sql } from '../../orm.ts';
import { HIDDEN_STATES } from '#domain/moderation/review.ts';
import type { Persona } from '#contract/avatar.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import { OWN_PRESETS_MAX } from '#domain/prompt/preset.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { writeDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { presetUses } from '#drizzle/schema/preset-uses.ts';
import { presets } from '#drizzle/schema/presets.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** A preset with its preview. */
export interface Preset {
  readonly id: string;
  /** Null: a public preset. */
  readonly accountId: string | null;
  readonly category: string;
  readonly name: string;
  readonly prompt: string;
  readonly personaTemplate: Persona;
  readonly attributes: VisualAttributes;
  readonly previewObject: string | null;
  /** Avatars generated from it. */
  readonly usageCount: number;
  /** Position in the gallery. */
  readonly position: number;
  /** SHA-256 of the request; null for public presets. */
  readonly requestHash: string | null;
  readonly createdAt: Date;
}

/** More than the public gallery will ever hold. */
const GALLERY_MAX = 1_000;

/**
 * The public presets, in gallery order. Read them from the primary: the cache reads them after a change was announced, which a
 * replica may not have yet.
 */
export async function readGallery(database: Database): Promise<Preset[]> {
  const rows = await retrying(() =>
    selectPresets(database)
      .where(isNull(presets.accountId))
      .orderBy(asc(presets.position), asc(presets.id))
      .limit(GALLERY_MAX),
  );
  return rows.map(toPreset);
}

/** All presets of an account, newest first. */
export async function listOwnPresets(database: Database, accountId: string): Promise<Preset[]> {
  const rows = await retrying(() =>
    selectPresets(database)
      .where(eq(presets.accountId, accountId))
      .orderBy(desc(presets.createdAt), desc(presets.id))
      .limit(OWN_PRESETS_MAX),
  );
  return rows.map(toPreset);
}

/** @returns undefined if the preset is missing or belongs to another account */
export async function readPreset(database: Database, accountId: string, id: string): Promise<Preset | undefined> {
  const visible = or(isNull(presets.accountId), eq(presets.accountId, accountId));
  const [row] = await retrying(() => selectPresets(database).where(and(eq(presets.id, id), visible)));
  return row && toPreset(row);
}

export interface NewPreset {
  /** Chosen by the caller: the same id is the same request. */
  readonly id: string;
  readonly category: string;
  readonly name: string;
  readonly prompt: string;
  readonly personaTemplate: Persona;
  readonly attributes: VisualAttributes;
  /** One of the account's avatars, whose thumbnail is the preview. */
  readonly avatarId: string | null;
  /** SHA-256, hexadecimal. */
  readonly requestHash: string;
}

/** `exists`: it was added before; compare its hash. `full`: the account has {@link OWN_PRESETS_MAX}, also under concurrent calls. */
export async function addPreset(
  database: Database,
  accountId: string,
  preset: NewPreset,
): Promise<'created' | 'exists' | 'full'> {
  const document = {
    id: preset.id,
    category: preset.category,
    name: preset.name,
    prompt: preset.prompt,
    persona_template: writeDocument(DOCUMENTS.persona, preset.personaTemplate),
    attributes: writeDocument(DOCUMENTS.attributes, preset.attributes),
    avatar_id: preset.avatarId,
    request_hash: preset.requestHash,
  };
  const [row] = await database.call<{ outcome: 'created' | 'exists' | 'full' }>(
    'presets.add',
    'SELECT add_preset($1, $2, $3) AS outcome',
    [accountId, OWN_PRESETS_MAX, JSON.stringify(document)],
  );
  if (!row) throw new Error('add_preset returned nothing');
  return row.outcome;
}

export interface PresetChanges {
  readonly category?: string | undefined;
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly personaTemplate?: Persona | undefined;
  readonly attributes?: VisualAttributes | undefined;
}

/** Updates the given fields. @returns false if the account has no such preset */
export async function changePreset(
  database: Database,
  accountId: string,
  id: string,
  changes: PresetChanges,
): Promise<boolean> {
  const changed = await retrying(() =>
    database.db
      .update(presets)
      .set({ ...changes, updatedAt: sql`now()` })
      .where(and(eq(presets.id, id), eq(presets.accountId, accountId)))
      .returning({ id: presets.id }),
  );
  return changed.length === 1;
}

/** Deletes a preset. @returns false if the account has no such preset */
export async function removePreset(database: Database, accountId: string, id: string): Promise<boolean> {
  const removed = await retrying(() =>
    database.db
      .delete(presets)
      .where(and(eq(presets.id, id), eq(presets.accountId, accountId)))
      .returning({ id: presets.id }),
  );
  return removed.length === 1;
}

/** With the uses that are not rolled up yet. */
const USAGE_COUNT = sql<number>`(${presets.usageCount} + (SELECT count(*) FROM ${presetUses} WHERE ${presetUses.presetId} = ${presets.id}))::int`;

/** Adds appended uses to the presets' counts, at most `limit`. @returns how many */
export async function rollUpPresetUses(database: Database, limit: number): Promise<number> {
  const [row] = await database.call<{ rolled: number }>(
    'presets.rollUpUses',
    'SELECT roll_up_preset_uses($1)::int AS rolled',
    [limit],
  );
  return row?.rolled ?? 0;
}

/** Presets with the thumbnail of the avatar they were saved from, as long as that is visible. */
function selectPresets({ db }: Database) {
  const shown = and(
    eq(avatars.id, presets.avatarId),
    isNull(avatars.trashedAt),
    notInArray(avatars.review, [...HIDDEN_STATES]),
  );
  return db
    .select({ ...getTableColumns(presets), usageCount: USAGE_COUNT, thumbnailObject: avatars.thumbnailObject })
    .from(presets)
    .leftJoin(avatars, shown);
}

type Row = Awaited<ReturnType<typeof selectPresets>>[number];

function toPreset(row: Row): Preset {
  return {
    id: row.id,
    accountId: row.accountId,
    category: row.category,
    name: row.name,
    prompt: row.prompt,
    personaTemplate: row.personaTemplate,
    attributes: row.attributes,
    previewObject: row.previewObject ?? row.thumbnailObject,
    usageCount: row.usageCount,
    position: row.position,
    requestHash: row.requestHash,
    createdAt: row.createdAt,
  };
}
