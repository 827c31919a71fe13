import { Client } from 'pg';

export interface SeedSize {
  readonly accounts: number;
  /** Each with its transfers. One in `failedOneIn` failed; the others became avatars with their objects. */
  readonly generations: number;
  /** 20 by default. */
  readonly failedOneIn?: number;
  /** Of an avatar; half as many on average. 3 by default. */
  readonly usesMax?: number;
  /** Generations in the queue, each of another account; none by default. */
  readonly waiting?: number;
  /** Further generations of one account that all failed more than a day ago, each with its transfers and its read notification. */
  readonly history?: number;
}

const FAILED_ONE_IN = 20;
const USES_MAX = 3;
/** An account with as many avatars as fifty others together, and an average one. */
export const HEAVY_SUBJECT = 'seed|1';
export const USUAL_SUBJECT = 'seed|300';
/** An account that has nothing but the history, and as many avatars. */
export const LONG_HISTORY_SUBJECT = 'seed|0';
const HEAVY_SHARE = 0.025;
const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;

/**
 * Fills an empty database with a month of many users' data, generated in the database itself. Triggers and foreign keys are off for
 * this session, so everything that triggers maintain is written here as well.
 * @param ownerUrl a superuser's connection URL
 */
export async function seedStudio(ownerUrl: string, size: SeedSize): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      `SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'; SET synchronous_commit = off`,
    );
    await owner.query(`SET seed.accounts = ${size.accounts}; SET seed.generations = ${size.generations};
      SET seed.heavy = ${Math.round(size.generations * HEAVY_SHARE)}; SET seed.history = ${size.history ?? 0};
      SET seed.failed_one_in = ${size.failedOneIn ?? FAILED_ONE_IN}; SET seed.uses_max = ${size.usesMax ?? USES_MAX};
      SET seed.waiting = ${size.waiting ?? 0}`);
    const indexes = await dropIndexes(owner);
    for (const statement of [functionsOf(size.generations), ...TABLES, ...WAITING, ...HISTORY, ...indexes, SUMS])
      await owner.query(statement);
    await owner.query('VACUUM ANALYZE');
  } finally {
    await owner.end();
  }
}

/**
 * Drops all indexes that no constraint needs: building them afterwards costs a tenth.
 * @returns the statements that recreate them
 */
async function dropIndexes(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relnamespace = 'public'::regnamespace
     WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
  );
  for (const { name } of rows) await owner.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

/**
 * Ids are derived from numbers, so that tables can refer to each other, and begin with a time, as the studio's do: those of generations
 * and what belongs to them in the order in which they were requested, those of accounts and what belongs to them before. All but the
 * number is constant where a kind is, so an id costs little.
 */
const functionsOf = (generations: number) => `
  CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(${Date.now()} - CASE
        WHEN kind IN ('account', 'project', 'topup', 'preset') THEN ${40 * DAY_MS} + n
        WHEN kind = 'use' THEN n * ${MONTH_MS} / ${32 * generations}
        ELSE n * ${MONTH_MS} / ${generations} END), 12, '0')
      || '7' || left(md5(kind), 3) || '8' || lpad(to_hex(n), 15, '0'))::uuid $$;
  CREATE FUNCTION pg_temp.one_of(list text[], n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT list[1 + n % cardinality(list)] $$;
  CREATE TEMP TABLE numbered AS
    SELECT i, owner, pg_temp.id('account', owner) AS account_id, pg_temp.id('project', owner * 3 + i / 7 % 3) AS project_id,
      date_trunc('milliseconds', now() - i * interval '30 days' / current_setting('seed.generations')::int) AS at,
      i % current_setting('seed.failed_one_in')::int = 0 AS failed
    FROM (SELECT i, CASE WHEN i <= current_setting('seed.heavy')::int THEN 1 ELSE 2 + i % (current_setting('seed.accounts')::int - 1) END AS owner
      FROM generate_series(current_setting('seed.generations')::int, 1, -1) i) AS numbers;
  ANALYZE numbered`;

const LABELS = `ARRAY['archmage', 'lighthouse keeper', 'gardener', 'sea captain', 'inventor', 'librarian', 'falconer', 'clockmaker', 'botanist',
  'cartographer', 'violinist', 'astronaut', 'beekeeper', 'detective', 'blacksmith', 'diver', 'ranger']`;
const PROMPT = `'a portrait of a ' || pg_temp.one_of(${LABELS}, i) || ' and a ' || pg_temp.one_of(${LABELS}, i / 17) || ', number ' || i`;
const STYLE = `pg_temp.one_of(ARRAY['photorealistic', 'anime', 'noir', 'fantasy', 'vector'], i)`;
const SOURCE = `pg_temp.one_of(ARRAY['text_to_image', 'from_preset', 'text_to_image'], i)`;

/** Like fold_text, which costs far more: the comma is all that it would fold. */
const FOLDED = `lower(replace('Avatar ' || pg_temp.one_of(${LABELS}, i) || ' ' || i || ' Person ' || i || ' Lives as a ' ||
  pg_temp.one_of(${LABELS}, i / 5) || ' ' || ${PROMPT}, ',', ''))`;

const TABLES = [
  `INSERT INTO accounts (id, subject, display_name, tier, posted, daily_limit, unfinished_limit, created_at)
     SELECT pg_temp.id('account', n), 'seed|' || n, 'Person ' || n, 'free',
       100000000 - 10 * coalesce(paid, 0), 50, 20, now() - interval '40 days'
     FROM generate_series(1, current_setting('seed.accounts')::int) n
       LEFT JOIN (SELECT owner, count(*) AS paid FROM numbered WHERE NOT failed GROUP BY owner) p ON p.owner = n`,
  `INSERT INTO avatar_projects (id, account_id, name, created_at, updated_at)
     SELECT pg_temp.id('project', n * 3 + k), pg_temp.id('account', n), 'Project ' || k, now() - k * interval '1 day', now()
     FROM generate_series(1, current_setting('seed.accounts')::int) n, generate_series(0, 2) k`,
  `INSERT INTO batches (id, account_id, project_id, size, request_hash, created_at)
     SELECT pg_temp.id('batch', i), account_id, project_id, 5, repeat('a', 64), at FROM numbered WHERE i % 20 = 0`,
  `INSERT INTO avatar_generations (id, account_id, project_id, origin_project_id, batch_id, status, stage, source_type, request, request_hash, price,
       tier, priority, plan, seed, built_prompt, provider, model, cost_usd, failure_code, failure_message, credits_returned, created_at, updated_at,
       pending_at, processing_at, saving_at, finished_at)
     SELECT pg_temp.id('generation', i), account_id, project_id, project_id, CASE WHEN i % 20 < 5 AND i > 20 THEN pg_temp.id('batch', i - i % 20) END,
       CASE WHEN failed THEN 'failed' ELSE 'completed' END, 'done', ${SOURCE},
       jsonb_build_object('sourceType', 'text_to_image', 'prompt', ${PROMPT}), repeat('a', 64), 10, 'free', 4,
       '[{"provider": "replicate", "model": "black-forest-labs/flux-schnell"}]', i % 4294967296, ${PROMPT}, 'replicate', 'black-forest-labs/flux-schnell',
       0.003, CASE WHEN failed THEN 'providers_unavailable' END, CASE WHEN failed THEN 'No provider could be reached.' END, failed,
       at - interval '5 seconds', at, at - interval '5 seconds', at - interval '3 seconds', at - interval '1 second', at FROM numbered`,
  `INSERT INTO credit_transfers (id, kind, account_id, amount, reference, created_at)
     SELECT pg_temp.id('topup', n), 'topup', pg_temp.id('account', n), 100000000, 'starter', now() - interval '40 days'
     FROM generate_series(1, current_setting('seed.accounts')::int) n`,
  `INSERT INTO credit_transfers (id, kind, account_id, amount, generation_id, parent_id, created_at)
     SELECT pg_temp.id('reserve', i), 'reserve', account_id, 10, pg_temp.id('generation', i), NULL, at - interval '5 seconds' FROM numbered
     UNION ALL
     SELECT pg_temp.id('end', i), CASE WHEN failed THEN 'release' ELSE 'capture' END, account_id, 10, pg_temp.id('generation', i),
       pg_temp.id('reserve', i), at FROM numbered`,
  `INSERT INTO avatars (id, account_id, project_id, generation_id, name, persona, attributes, source_type, style, prompt, seed, provider, model, cost_usd,
       image_object, thumbnail_object, width, height, bytes, sha256, phash, review, usage_count, last_used_at, trashed_at, created_at, updated_at, folded_text)
     SELECT pg_temp.id('avatar', i), account_id, project_id, pg_temp.id('generation', i), 'Avatar ' || pg_temp.one_of(${LABELS}, i) || ' ' || i,
       jsonb_build_object('name', 'Person ' || i, 'age', 18 + i % 60, 'background', 'Lives as a ' || pg_temp.one_of(${LABELS}, i / 5)),
       jsonb_build_object('gender', pg_temp.one_of(ARRAY['woman', 'man', 'nonbinary'], i), 'ageRange', pg_temp.one_of(ARRAY['20s', '30s', '60+'], i / 3)),
       ${SOURCE}, ${STYLE}, ${PROMPT}, i % 4294967296, 'replicate', 'black-forest-labs/flux-schnell', 0.003,
       'avatars/' || account_id || '/' || i || '/image.webp', 'avatars/' || account_id || '/' || i || '/thumb.webp', 1024, 1024, 100000,
       CASE WHEN i % 97 = 0 THEN repeat('b', 64) ELSE md5('a' || i) || md5('b' || i) END, ('x' || md5('look' || i))::bit(64),
       CASE WHEN i % 2000 = 1 THEN 'needs_review' ELSE 'clear' END, i % 7, CASE WHEN i % 7 > 0 THEN at + interval '1 hour' END,
       CASE WHEN i % 25 = 3 THEN at + interval '2 hours' END, at, at,
       ${FOLDED} FROM numbered WHERE NOT failed`,
  `INSERT INTO stored_objects (name, account_id, kind, bytes, generation_id, avatar_id, created_at)
     SELECT 'avatars/' || account_id || '/' || i || '/' || kind || '.webp', account_id, kind, 100000, pg_temp.id('generation', i), pg_temp.id('avatar', i), at
     FROM numbered, unnest(ARRAY['image', 'thumbnail']) kind WHERE NOT failed`,
  `INSERT INTO provider_attempts (id, generation_id, ordinal, provider, model, external_id, state, staged_object, cost_usd, latency_ms, failure_kind,
       created_at, submitting_at, submitted_at, finished_at)
     SELECT uuidv7(at - clock_timestamp()), pg_temp.id('generation', i), 0, 'replicate', 'black-forest-labs/flux-schnell', 'prediction-' || i,
       CASE WHEN failed THEN 'failed' ELSE 'succeeded' END, 'staging/' || i, 0.003, 1000 + i % 900, CASE WHEN failed THEN 'transient' END, at, at, at, at
     FROM numbered`,
  `INSERT INTO avatar_usage_history (id, account_id, avatar_id, project_id, app_id, app_name, action, created_at)
     SELECT pg_temp.id('use', i * 32 + k), account_id, pg_temp.id('avatar', i), project_id, 'app-' || k % 5, 'App ' || k % 5, 'shown', at + k * interval '10 minutes'
     FROM numbered, generate_series(1, i % (current_setting('seed.uses_max')::int + 1)) k WHERE NOT failed`,
  `INSERT INTO usage_hours (account_id, hour, project_id, app_id, app_name, uses)
     SELECT account_id, date_trunc('hour', created_at, 'UTC'), project_id, app_id, max(app_name), count(*) FROM avatar_usage_history GROUP BY 1, 2, 3, 4`,
  `INSERT INTO generation_hours (account_id, hour, project_id, provider, completed, failed, captured, cost_usd)
     SELECT account_id, date_trunc('hour', at, 'UTC'), project_id, 'replicate', count(*) FILTER (WHERE NOT failed), count(*) FILTER (WHERE failed),
       10 * count(*) FILTER (WHERE NOT failed), 0.003 * count(*) FROM numbered GROUP BY 1, 2, 3`,
  `INSERT INTO notifications (id, account_id, kind, generation_id, avatar_id, read_at, created_at)
     SELECT pg_temp.id('notification', i), account_id, CASE WHEN failed THEN 'generation_failed' ELSE 'avatar_completed' END, pg_temp.id('generation', i),
       CASE WHEN NOT failed THEN pg_temp.id('avatar', i) END, CASE WHEN i % 9 > 0 THEN at END, at FROM numbered`,
  `INSERT INTO uploads (id, account_id, object, mime_type, bytes, width, height, sha256, expires_at, created_at)
     SELECT pg_temp.id('upload', i), account_id, 'uploads/' || i, 'image/png', 1000, 512, 512, repeat('a', 64), at + interval '31 days', at
     FROM numbered WHERE i % 10 = 0`,
  `INSERT INTO avatar_presets (id, account_id, category, name, prompt, position)
     SELECT pg_temp.id('preset', n * 5 + k), pg_temp.id('account', n), 'Mine ' || k, 'Preset ' || k, 'a portrait', k
     FROM generate_series(1, current_setting('seed.accounts')::int) n, generate_series(1, 5) k`,
  `INSERT INTO admin_audit (id, actor_id, act, target, request_id, created_at)
     SELECT pg_temp.id('audit', i), pg_temp.id('account', i % 3), pg_temp.one_of(ARRAY['account.read', 'account.refund', 'generation.diagnose'], i / 100),
       account_id::text, 'request-' || i, at FROM numbered WHERE i % 100 = 0`,
];

const QUEUED = `generate_series(2, 1 + current_setting('seed.waiting')::int) n`;

/** One waiting generation of each of so many accounts. */
const WAITING = [
  `INSERT INTO avatar_generations (id, account_id, project_id, origin_project_id, status, stage, source_type, request, request_hash, price, tier, priority,
       created_at, updated_at, accepted_at, pending_at, deadline_at)
     SELECT pg_temp.id('waiting', n), pg_temp.id('account', n), pg_temp.id('project', n * 3), pg_temp.id('project', n * 3), 'pending', 'queued', 'text_to_image',
       jsonb_build_object('prompt', 'a portrait'), repeat('a', 64), 10, 'free', 1 + n % 5, at, at, at, at, at + interval '1 day'
     FROM ${QUEUED}, LATERAL (SELECT now() - n * interval '1 millisecond' AS at) AS clock`,
  `INSERT INTO credit_transfers (id, kind, account_id, amount, generation_id, created_at)
     SELECT pg_temp.id('waiting', n), 'reserve', pg_temp.id('account', n), 10, pg_temp.id('waiting', n), now() FROM ${QUEUED}`,
  `UPDATE accounts SET held = 10, unfinished = 1 FROM ${QUEUED} WHERE id = pg_temp.id('account', n)`,
];

/** All accounts in one round. */
const SUMS = 'SELECT roll_up_generation_hours(10000000), roll_up_studio_usage(10000000)';

const LONG_AGO = `date_trunc('milliseconds', now() - interval '2 days' - i * interval '1 minute')`;
const NUMBERS = `generate_series(1, current_setting('seed.history')::int) i`;
const OWNER = `pg_temp.id('account', 0)`;

/** The account of {@link LONG_HISTORY_SUBJECT}. */
const HISTORY = [
  `INSERT INTO accounts (id, subject, display_name, tier, posted, daily_limit, unfinished_limit)
     VALUES (${OWNER}, '${LONG_HISTORY_SUBJECT}', 'Person 0', 'pro', 0, 50, 20)`,
  `INSERT INTO avatar_projects (id, account_id, name) VALUES (pg_temp.id('project', 0), ${OWNER}, 'History')`,
  `INSERT INTO avatar_generations (id, account_id, project_id, origin_project_id, status, stage, source_type, request, request_hash, price, tier, priority,
       failure_code, credits_returned, created_at, updated_at, pending_at, finished_at)
     SELECT pg_temp.id('old', i), ${OWNER}, pg_temp.id('project', 0), pg_temp.id('project', 0), 'failed', 'done', 'text_to_image',
       jsonb_build_object('prompt', ${PROMPT}), repeat('a', 64), 10, 'pro', 2, 'deadline', true, ${LONG_AGO}, ${LONG_AGO}, ${LONG_AGO}, ${LONG_AGO} FROM ${NUMBERS}`,
  `INSERT INTO credit_transfers (id, kind, account_id, amount, generation_id, parent_id, created_at)
     SELECT pg_temp.id('old ' || kind, i), kind, ${OWNER}, 10, pg_temp.id('old', i), CASE kind WHEN 'release' THEN pg_temp.id('old reserve', i) END, ${LONG_AGO}
     FROM ${NUMBERS}, unnest(ARRAY['reserve', 'release']) kind`,
  `INSERT INTO notifications (id, account_id, kind, generation_id, read_at, created_at)
     SELECT pg_temp.id('old', i), ${OWNER}, 'generation_failed', pg_temp.id('old', i), now(), ${LONG_AGO} FROM ${NUMBERS}`,
  `INSERT INTO avatars (id, account_id, project_id, generation_id, name, source_type, image_object, thumbnail_object, width, height, bytes, sha256, created_at)
     SELECT pg_temp.id('old', i), ${OWNER}, pg_temp.id('project', 0), pg_temp.id('old', i), 'Avatar ' || i, 'text_to_image', 'old/' || i || '/image.webp',
       'old/' || i || '/thumb.webp', 512, 512, 1, md5('c' || i) || md5('d' || i), ${LONG_AGO} FROM ${NUMBERS}`,
];
