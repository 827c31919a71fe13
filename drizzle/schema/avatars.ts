import {
  bigint,
  bit,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  smallint,
  sql,
  text,
  uuid,
} from '../orm.ts';
import { RATING_MAX, RATING_MIN } from '#domain/avatar/rating.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { SEED_MAX } from '#domain/generation/image.ts';
import { BUILT_PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-builder.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { REPORT_LIMITS } from '#domain/moderation/report.ts';
import { REVIEW_STATES } from '#domain/moderation/review.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { accounts } from './accounts.ts';
import { between, boundedObject, oneOf, sha256Hex, textLength, typedTextLength } from './checks.ts';
import { createdAt, document, moment, newestFirst } from './columns.ts';
import { generations } from './generations.ts';
import { attributesShape, personaShape } from './avatar-shapes.ts';
import { projects } from './projects.ts';

const TABLE = 'avatars';
const RECIPE_MAX_BYTES = 1_024;
const PHASH_BITS = 64;
const BAND_BITS = 16;

/** Every band with its number above its bits: no two bands have a value in common. */
const PHASH_BANDS = sql.raw(
  `CASE WHEN phash IS NOT NULL THEN ARRAY[${Array.from(
    { length: PHASH_BITS / BAND_BITS },
    (_, band) => `${band << BAND_BITS} + substring(phash FROM ${band * BAND_BITS + 1} FOR ${BAND_BITS})::integer`,
  ).join(', ')}] END`,
);

/** Sort key of the last use, without nulls, so that a list can continue from any row with one comparison. */
export const LAST_USED = sql`coalesce(last_used_at, '-infinity'::timestamptz)`;
/** Names in the order that people expect: 2 before 10, É next to E, whatever the case. The migration creates the collation. */
export const NAME_COLLATION = sql.raw('natural_name');
/** Sort key of the name. */
export const SORTED_NAME = sql`name COLLATE ${NAME_COLLATION}`;

/** Delivered and paid avatars. */
export const avatars = pgTable(
  TABLE,
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    projectId: uuid('project_id').notNull(),
    generationId: uuid('generation_id')
      .notNull()
      .unique('avatars_generation_key')
      .references(() => generations.id),
    name: text('name').notNull(),
    persona: document('persona', DOCUMENTS.persona).notNull().default({}),
    attributes: document('attributes', DOCUMENTS.attributes).notNull().default({}),
    sourceType: text('source_type', { enum: SOURCE_TYPES }).notNull(),
    style: text('style', { enum: STYLES }),
    prompt: text('prompt'),
    seed: bigint('seed', { mode: 'number' }),
    provider: text('provider', { enum: PROVIDERS }),
    model: text('model'),
    costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }),
    /** The attribution owed to the artist of illustrated parts. */
    credit: text('credit'),
    imageObject: text('image_object').notNull().unique('avatars_image_object_key'),
    thumbnailObject: text('thumbnail_object').notNull().unique('avatars_thumbnail_object_key'),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    thumbhash: text('thumbhash'),
    /** Perceptual hash: similar images differ in few of its 64 bits. Null for avatars from before it was stored. */
    phash: bit('phash', { dimensions: PHASH_BITS }),
    /**
     * The four quarters of `phash`, each prefixed with its number. Of two hashes that differ in at most seven bits, one quarter
     * differs in at most one bit, so an index finds them.
     */
    phashBands: integer('phash_bands').array().generatedAlwaysAs(PHASH_BANDS),
    /** The generation's options: contract/recipe.ts. Null for an upload and for avatars from before it was stored. */
    recipe: document('recipe', DOCUMENTS.recipe),
    /** Set by a trigger from the image check, and by an admin's decision. */
    review: text('review', { enum: REVIEW_STATES }).notNull().default('clear'),
    /** Why the image was taken down; null otherwise. */
    takedownReason: text('takedown_reason'),
    favorite: boolean('favorite').notNull().default(false),
    /** Stars; null: not rated. */
    rating: smallint('rating'),
    usageCount: integer('usage_count').notNull().default(0),
    lastUsedAt: moment('last_used_at'),
    trashedAt: moment('trashed_at'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Name, persona and prompt as search compares them; set by a trigger. Null only until the migration has filled it. */
    foldedText: text('folded_text'),
    /** Searched by earlier releases, and selected with all columns by the one before. Drop it a release later. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(
        sql`lower(name || ' ' || coalesce(persona->>'name', '') || ' ' || coalesce(persona->>'background', '') || ' ' || coalesce(persona->>'personality', '') || ' ' || coalesce(prompt, ''))`,
      ),
  },
  (table) => [
    oneOf(TABLE, 'source_type', SOURCE_TYPES),
    oneOf(TABLE, 'style', STYLES),
    oneOf(TABLE, 'provider', PROVIDERS),
    oneOf(TABLE, 'review', REVIEW_STATES),
    boundedObject(TABLE, 'recipe', RECIPE_MAX_BYTES),
    typedTextLength(TABLE, 'name', 1, 100),
    typedTextLength(TABLE, 'prompt', 0, BUILT_PROMPT_MAX_LENGTH),
    textLength(TABLE, 'model', 1, 200),
    textLength(TABLE, 'credit', 1, 500),
    textLength(TABLE, 'image_object', 1, 300),
    textLength(TABLE, 'thumbnail_object', 1, 300),
    textLength(TABLE, 'thumbhash', 1, 100),
    typedTextLength(TABLE, 'takedown_reason', 1, REPORT_LIMITS.reasonMaxLength),
    between(TABLE, 'seed', 0, SEED_MAX),
    between(TABLE, 'width', 1, 16_384),
    between(TABLE, 'height', 1, 16_384),
    between(TABLE, 'rating', RATING_MIN, RATING_MAX),
    check(`${TABLE}_bytes`, sql`bytes > 0`),
    check(`${TABLE}_usage_count`, sql`usage_count >= 0`),
    sha256Hex(TABLE, 'sha256'),
    personaShape(TABLE, 'persona'),
    attributesShape(TABLE, 'attributes'),
    // Includes the account: an avatar can't be in another account's project.
    foreignKey({
      name: 'avatars_project',
      columns: [table.projectId, table.accountId],
      foreignColumns: [projects.id, projects.accountId],
    }).onDelete('cascade'),
    index('avatars_list').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
    index('avatars_project_list').on(table.projectId, newestFirst(table.createdAt), newestFirst(table.id)),
    // One index per sort and list, scanned backward for the other direction. An avatar that was never used sorts as -infinity.
    index('avatars_used').on(table.accountId, LAST_USED, table.id),
    index('avatars_usage').on(table.accountId, table.usageCount, table.id),
    index('avatars_natural_name').on(table.accountId, SORTED_NAME, table.id),
    index('avatars_project_used').on(table.projectId, LAST_USED, table.id),
    index('avatars_project_usage').on(table.projectId, table.usageCount, table.id),
    index('avatars_project_natural_name').on(table.projectId, SORTED_NAME, table.id),
    // Few avatars are marked: the list of a project reads those of its account.
    index('avatars_favorites')
      .on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id))
      .where(sql`favorite`),
    index('avatars_rated')
      .on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id))
      .where(sql`rating IS NOT NULL`),
    index('avatars_same_bytes').on(table.accountId, table.sha256),
    // fastupdate off: every search would have to scan the pending list. 0.9 ms instead of 130 ms among 100,000 avatars.
    index('avatars_phash').using('gin', table.accountId, table.phashBands).with({ fastupdate: false }),
    index('avatars_trash_list')
      .on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id))
      .where(sql`trashed_at IS NOT NULL`),
    index('avatars_trash')
      .on(table.trashedAt)
      .where(sql`trashed_at IS NOT NULL`),
    index('avatars_review_queue')
      .on(table.createdAt, table.id)
      .where(sql`review = 'needs_review'`),
    index('avatars_taken_down')
      .on(table.createdAt, table.id)
      .where(sql`review = 'taken_down'`),
    index('avatars_folded_text').using('gin', sql`folded_text gin_trgm_ops`),
  ],
);

/**
 * Proof that a deleted avatar was delivered, without personal data. No foreign keys, so that deleting never locks an account's
 * row.
 */
export const avatarTombstones = pgTable('avatar_tombstones', {
  avatarId: uuid('avatar_id').primaryKey(),
  generationId: uuid('generation_id').notNull().unique('avatar_tombstones_generation_key'),
  accountId: uuid('account_id').notNull(),
  deletedAt: moment('deleted_at').notNull().defaultNow(),
});
