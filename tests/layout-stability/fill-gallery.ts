import type { Client } from 'pg';
import { asOwner, ownerUrlOf } from '../support/as-owner.ts';
import type { WebStudio } from '../web/open-web-studio.ts';

/** Concurrent writes to the bucket. */
const CONCURRENT_WRITES = 50;

/** Copies one avatar `count` times, with its own rows and thumbnail, each a minute older. Runs with triggers off. */
export async function fillGallery({ studio }: WebStudio, avatarId: string, count: number): Promise<void> {
  const { database, store } = studio;
  const objects = await database.call<{ thumbnail: string }>(
    'test.thumbnail',
    'SELECT thumbnail_object AS thumbnail FROM avatars WHERE id = $1',
    [avatarId],
  );
  const image = await store.read(objects[0]!.thumbnail);
  const ids = await asOwner(await ownerUrlOf(database), async (owner) => {
    await owner.query(`SET session_replication_role = 'replica'`);
    await owner.query(
      `CREATE TEMP TABLE copies AS SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS generation
       FROM generate_series(1, ${count}) AS n`,
    );
    const at = `'created_at', r.created_at - n * interval '1 minute'`;
    await copy(owner, 'avatar_generations', `'id', generation, ${at}`, [
      'r.id = (SELECT generation_id FROM avatars WHERE id = $1)',
      avatarId,
    ]);
    const named = `'name', 'Guest ' || n, 'image_object', 'calm/' || c.id || '/image.webp', 'thumbnail_object', 'calm/' || c.id || '/thumb.webp'`;
    await copy(owner, 'avatars', `'id', c.id, 'generation_id', generation, ${named}, ${at}`, ['r.id = $1', avatarId]);
    return (await owner.query<{ id: string }>('SELECT id FROM copies')).rows;
  });
  for (let from = 0; from < ids.length; from += CONCURRENT_WRITES) {
    const some = ids.slice(from, from + CONCURRENT_WRITES);
    const options = { contentType: 'image/webp', immutable: true };
    await Promise.all(some.map(({ id }) => store.write(`calm/${id}/thumb.webp`, image, options)));
  }
}

/** Inserts one row per copy with the given columns changed; generated columns are left to the database. */
async function copy(owner: Client, table: string, change: string, [which, id]: [string, string]): Promise<void> {
  const { rows } = await owner.query<{ names: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  );
  const names = rows[0]!.names;
  await owner.query(
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM (
       SELECT (jsonb_populate_record(r, jsonb_build_object(${change}))).* FROM ${table} AS r, copies AS c WHERE ${which}) AS changed`,
    [id],
  );
}
