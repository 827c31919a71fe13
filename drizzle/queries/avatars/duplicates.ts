import { type SQL, sql } from '../../orm.ts';
import { HIDDEN_STATES } from '#domain/moderation/review.ts';
import type { Lookalike } from '#domain/avatar/duplicates.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { retrying } from '#drizzle/connection/transient.ts';

const HIDDEN = HIDDEN_STATES.map((state) => `'${state}'`).join(', ');
/** Visible to the user: not in the trash, not hidden. */
const shown = (row: string) => `${row}.trashed_at IS NULL AND ${row}.review NOT IN (${HIDDEN})`;
/** A quarter of a hash, as it is indexed. */
const BAND_BITS = 16;

export interface Similar {
  readonly avatarId: string;
  readonly sameBytes: boolean;
  /** Bits of 64 in which the hashes differ; 0 for the same bytes. */
  readonly distance: number;
}

interface PerceptualHash extends Record<string, unknown> {
  readonly id: string;
  readonly sha256: string;
  readonly phash: string | null;
  readonly bands: number[] | null;
}

/** Avatars of the same account that are similar to this one, most similar first. Empty for a missing avatar. */
export async function listSimilar(
  database: Database,
  accountId: string,
  avatarId: string,
  input: SimilarQuery,
): Promise<Similar[]> {
  const [perceptualHash] = await database.call<PerceptualHash>(
    'duplicates.hash',
    'SELECT id, sha256, phash::text AS phash, phash_bands AS bands FROM avatars WHERE account_id = $1 AND id = $2',
    [accountId, avatarId],
  );
  if (perceptualHash === undefined) return [];
  const { rows } = await retrying(() =>
    database.db.execute<Similar & PerceptualHash>(similarTo(accountId, perceptualHash, input)),
  );
  return rows.map(({ id, sameBytes, distance }) => ({ avatarId: id, sameBytes, distance }));
}

export interface SimilarQuery {
  /** At most 7: the index finds no more. */
  readonly withinBits: number;
  readonly limit: number;
}

/**
 * Not a prepared statement: the planner needs the keys' values to see that the index finds few rows. A test checks its plan.
 */
export function similarTo(accountId: string, perceptualHash: PerceptualHash, { withinBits, limit }: SimilarQuery): SQL {
  const keys = sql.param((perceptualHash.bands ?? []).flatMap(keysAround));
  const distance = sql`bit_count(a.phash # ${perceptualHash.phash}::bit(64))`;
  return sql`WITH found AS (
      SELECT id FROM avatars a WHERE account_id = ${accountId} AND phash_bands && ${keys}::int[] AND ${distance} <= ${withinBits}
      UNION
      SELECT id FROM avatars WHERE account_id = ${accountId} AND sha256 = ${perceptualHash.sha256})
    SELECT a.id, a.sha256 = ${perceptualHash.sha256} AS "sameBytes", coalesce(${distance}, 0)::int AS distance
      FROM found JOIN avatars a USING (id) WHERE a.id <> ${perceptualHash.id} AND ${sql.raw(shown('a'))}
      ORDER BY "sameBytes" DESC, distance, a.created_at DESC, a.id LIMIT ${limit}`;
}

/** A quarter and all quarters that differ from it in one bit. Hashes within seven bits have a quarter that differs in at most one. */
function keysAround(band: number): number[] {
  return [band, ...Array.from({ length: BAND_BITS }, (_, bit) => band ^ (1 << bit))];
}

export interface PerceptualHashes {
  /** Newest first. */
  readonly avatars: Lookalike[];
  /** Pairs of similar avatars; enough of them to connect every group of similar avatars. */
  readonly links: [string, string][];
}

/** An account's newest avatars and which of them are similar. */
export async function readPerceptualHashes(
  database: Database,
  accountId: string,
  { withinBits, newest }: { readonly withinBits: number; readonly newest: number },
): Promise<PerceptualHashes> {
  const avatars = await database.call<Lookalike & Record<string, unknown>>(
    'duplicates.avatars',
    `SELECT id, sha256, usage_count AS "usageCount", width * height AS pixels, created_at AS "createdAt" FROM avatars a
       WHERE account_id = $1 AND ${shown('a')} ORDER BY created_at DESC, id DESC LIMIT $2`,
    [accountId, newest],
  );
  const links = await database.call<{ first: string; second: string }>('duplicates.links', LINKS, [
    accountId,
    newest,
    withinBits,
  ]);
  return { avatars, links: links.map(({ first, second }) => [first, second]) };
}

/**
 * A test checks its plan. Hashes that differ in at most n bits are equal in one of n + 1 parts, so only those are compared. Equal hashes
 * are linked to one of them only: a thousand copies have a thousand links, not half a million.
 */
export const LINKS = `
  WITH scope AS MATERIALIZED (
    SELECT id, phash FROM avatars a WHERE account_id = $1 AND ${shown('a')} ORDER BY created_at DESC, id DESC LIMIT $2),
  hashes AS MATERIALIZED (SELECT (array_agg(id))[1] AS id, phash FROM scope WHERE phash IS NOT NULL GROUP BY phash),
  parts AS MATERIALIZED (
    SELECT id, phash, part, substring(phash FROM part * width + 1 FOR width) AS bits
      FROM hashes, (SELECT ceil(64.0 / ($3::int + 1))::int AS width) AS w, generate_series(0, $3::int) AS part)
  SELECT s.id AS first, l.id AS second FROM scope s JOIN hashes l USING (phash) WHERE s.id <> l.id
  UNION
  SELECT l.id, r.id FROM parts l JOIN parts r USING (part, bits) WHERE l.id < r.id AND bit_count(l.phash # r.phash) <= $3::int`;

/**
 * Moves copies to the trash, all or none. Idempotent.
 * @returns false if a copy or the avatar to retain is missing or belongs to another account, or the latter is in the trash
 */
export async function trashDuplicates(
  database: Database,
  accountId: string,
  { retain, trash }: { readonly retain: string; readonly trash: readonly string[] },
): Promise<boolean> {
  const [row] = await database.call<{ found: boolean }>(
    'duplicates.trash',
    `WITH own AS MATERIALIZED (
       SELECT (SELECT count(*) FROM avatars WHERE account_id = $1 AND id = ANY ($3::uuid[])) = cardinality($3::uuid[])
         AND EXISTS (SELECT FROM avatars WHERE account_id = $1 AND id = $2 AND trashed_at IS NULL) AS found),
     moved AS (
       UPDATE avatars SET trashed_at = now(), updated_at = now()
         WHERE account_id = $1 AND id = ANY ($3::uuid[]) AND trashed_at IS NULL AND (SELECT found FROM own))
     SELECT found FROM own`,
    [accountId, retain, [...new Set(trash)]],
  );
  return row?.found === true;
}
