import { ATTEMPT_STATES } from '#domain/generation/attempt.ts';
import { ADMISSION_REFUSALS, FAILURE_CODES } from '#domain/generation/failure.ts';
import { GENERATION_STATUSES, SOURCE_TYPES, STAGES } from '#domain/generation/generation.ts';
import { TIERS } from '#domain/generation/tier.ts';
import { REVIEW_STATES } from '#domain/moderation/review.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { PROVIDER_FAILURES } from '#domain/provider/provider-failure.ts';

// Statements name rows as `:account`, `:pending` and so on; the test fills in their ids.
const account = (change: string) => `UPDATE accounts SET ${change} WHERE id = :account`;
const generation = (row: string, change: string) => `UPDATE avatar_generations SET ${change} WHERE id = :${row}`;
const avatar = (change: string) => `UPDATE avatars SET ${change} WHERE id = :other`;
const attempt = (change: string) => `UPDATE provider_attempts SET ${change} WHERE id = :attempt`;
const batch = (change: string) => `UPDATE batches SET ${change} WHERE id = :batch`;
const transferId = (row: string, kind: string) =>
  `(SELECT id FROM credit_transfers WHERE generation_id = :${row} AND kind = '${kind}')`;
/** @param values kind, account, amount, generation, parent, reference, payment key */
const transfer = (values: string) =>
  `INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id, reference, payment_key) VALUES (${values});`;
const tombstone = (avatarId: string) =>
  `INSERT INTO avatar_tombstones (avatar_id, generation_id, account_id) VALUES (${avatarId}, :pending, :account);`;

/** Statements that a CHECK or a unique key refuses without any trigger. */
export const CHECKED: readonly (readonly [constraint: string, statement: string])[] = [
  ['accounts_held_nonneg', account('held = -1')],
  ['accounts_insufficient', account('held = posted + 1')],
  ['accounts_unfinished_nonneg', account('unfinished = -1')],
  ['accounts_limits_nonneg', account('daily_limit = -1')],
  ['accounts_limits_nonneg', account('unfinished_limit = -1')],
  ['accounts_limits_nonneg', account('hourly_limit = -1')],
  [
    'avatar_generations_one_retry',
    `${generation('requested', 'retry_of = :completed')}; ${generation('pending', 'retry_of = :completed')}`,
  ],
  ['accounts_erased_has_no_subject', account(`erased_at = now(), display_name = NULL`)],
  ['accounts_erased_has_no_subject', account(`erased_at = now(), subject = NULL, display_name = 'Ada'`)],
  ['accounts_tier', account(`tier = 'gold'`)],
  ['accounts_assigned_tier', account(`assigned_tier = 'gold'`)],
  [
    'accounts_subject_key',
    'INSERT INTO accounts (subject, daily_limit, unfinished_limit) SELECT subject, 1, 1 FROM accounts WHERE id = :account',
  ],
  ['credit_transfers_kind', transfer(`'loan', :account, 1, :requested, NULL, NULL, NULL`)],
  ['credit_transfers_amount', transfer(`'reserve', :account, 0, :requested, NULL, NULL, NULL`)],
  ['credit_transfers_amount', transfer(`'reserve', :account, 1000000001, :requested, NULL, NULL, NULL`)],
  ['credit_transfers_parent_by_kind', transfer(`'capture', :account, 10, :pending, NULL, NULL, NULL`)],
  [
    'credit_transfers_parent_by_kind',
    transfer(`'reserve', :account, 10, :requested, ${transferId('pending', 'reserve')}, NULL, NULL`),
  ],
  [
    'credit_transfers_parent_by_kind',
    transfer(`'topup', :account, 10, NULL, ${transferId('pending', 'reserve')}, 'gift', NULL`),
  ],
  ['credit_transfers_generation_by_kind', transfer(`'topup', :account, 1, :requested, NULL, 'gift', NULL`)],
  ['credit_transfers_generation_by_kind', transfer(`'reserve', :account, 1, NULL, NULL, NULL, NULL`)],
  ['credit_transfers_topup_reference', transfer(`'topup', :account, 1, NULL, NULL, NULL, NULL`)],
  ['credit_transfers_payment', transfer(`'reserve', :account, 1, :requested, NULL, NULL, 'key'`)],
  ['credit_transfers_payment', transfer(`'topup', :account, 1, NULL, NULL, 'starter', 'key'`)],
  [
    'credit_transfers_one_payment',
    transfer(`'topup', :account, 1, NULL, NULL, 'first', 'key'`) +
      transfer(`'topup', :stranger, 2, NULL, NULL, 'second', 'key'`),
  ],
  ['credit_transfers_one_topup', transfer(`'topup', :account, 1, NULL, NULL, 'starter', NULL`)],
  ['credit_transfers_one_per_kind', transfer(`'reserve', :account, 10, :pending, NULL, NULL, NULL`)],
  [
    'credit_transfers_one_resolution',
    transfer(`'release', :account, 10, :completed, ${transferId('completed', 'reserve')}, NULL, NULL`),
  ],
  [
    'credit_transfers_one_refund',
    transfer(`'refund', :account, 10, :completed, ${transferId('completed', 'capture')}, 'x', NULL`) +
      transfer(`'refund', :account, 10, :pending, ${transferId('completed', 'capture')}, 'x', NULL`),
  ],
  ['avatar_generations_status', generation('pending', `status = 'paused'`)],
  ['avatar_generations_stage', generation('pending', `stage = 'dreaming'`)],
  ['avatar_generations_source_type', generation('pending', `source_type = 'telepathy'`)],
  ['avatar_generations_tier', generation('pending', `tier = 'gold'`)],
  ['avatar_generations_provider', generation('pending', `provider = 'crayon'`)],
  ['avatar_generations_refusal', generation('requested', `refusal = 'mood'`)],
  [
    'avatar_generations_failure_code',
    generation('pending', `status = 'failed', finished_at = now(), failure_code = 'bored'`),
  ],
  ['avatar_generations_priority_range', generation('pending', 'priority = 0')],
  ['avatar_generations_priority_range', generation('pending', 'priority = 6')],
  ['avatar_generations_price_range', generation('pending', 'price = 0')],
  ['avatar_generations_price_range', generation('pending', 'price = 1000001')],
  ['avatar_generations_seed_range', generation('pending', 'seed = -1')],
  ['avatar_generations_seed_range', generation('pending', 'seed = 4294967296')],
  ['avatar_generations_admission_number_range', generation('pending', 'admission_number = -1')],
  ['avatar_generations_failed_has_code', generation('pending', `failure_code = 'internal'`)],
  ['avatar_generations_failed_has_code', generation('pending', `status = 'failed', finished_at = now()`)],
  ['avatar_generations_refused_is_requested', generation('pending', `refusal = 'daily_limit'`)],
  ['avatar_generations_refused_is_requested', generation('completed', `refusal = 'daily_limit'`)],
  ['avatar_generations_final_has_end', generation('pending', 'finished_at = now()')],
  ['avatar_generations_final_has_end', generation('pending', `status = 'completed'`)],
  ['avatar_generations_final_has_end', generation('pending', `status = 'cancelled'`)],
  ['avatar_generations_final_has_end', generation('pending', `status = 'failed', failure_code = 'internal'`)],
  ['avatars_generation_key', avatar('generation_id = :completed')],
  ['avatars_image_object_key', avatar('image_object = (SELECT image_object FROM avatars WHERE id = :avatar)')],
  [
    'avatars_thumbnail_object_key',
    avatar('thumbnail_object = (SELECT thumbnail_object FROM avatars WHERE id = :avatar)'),
  ],
  ['avatars_source_type', avatar(`source_type = 'telepathy'`)],
  ['avatars_style', avatar(`style = 'cubism'`)],
  ['avatars_provider', avatar(`provider = 'crayon'`)],
  ['avatars_review', avatar(`review = 'perhaps'`)],
  ['avatars_seed_range', avatar('seed = -1')],
  ['avatars_seed_range', avatar('seed = 4294967296')],
  ['avatars_width_range', avatar('width = 0')],
  ['avatars_height_range', avatar('height = 0')],
  ['avatars_bytes', avatar('bytes = 0')],
  ['avatars_rating_range', avatar('rating = 0')],
  ['avatars_rating_range', avatar('rating = 6')],
  ['avatars_usage_count', avatar('usage_count = -1')],
  ['avatar_tombstones_generation_key', tombstone(':avatar') + tombstone(':other')],
  ['batches_size_range', batch('size = 0')],
  ['batches_size_range', batch('size = 51')],
  ['batches_admission_number_range', batch('admission_number = -1')],
  ['batches_refusal', batch(`refusal = 'mood'`)],
  [
    'provider_attempts_ordinal_key',
    `INSERT INTO provider_attempts (generation_id, ordinal, provider, model) VALUES (:attempted, 0, 'fal', 'm')`,
  ],
  [
    'provider_attempts_external_key',
    `INSERT INTO provider_attempts (generation_id, ordinal, provider, model, external_id) VALUES (:pending, 0, 'fal', 'm', 'e')`,
  ],
  ['provider_attempts_provider', attempt(`provider = 'crayon'`)],
  ['provider_attempts_state', attempt(`state = 'lost'`)],
  ['provider_attempts_failure_kind', attempt(`failure_kind = 'mood'`)],
  ['provider_attempts_ordinal_range', attempt('ordinal = -1')],
  ['provider_attempts_ordinal_range', attempt('ordinal = 100')],
  ['provider_attempts_latency', attempt('latency_ms = -1')],
  ['provider_attempts_budgeted', attempt('budgeted_usd = 1')],
  ['provider_attempts_budgeted', attempt('budgeted_on = current_date')],
  ['provider_attempts_budgeted', attempt('budgeted_usd = -1, budgeted_on = current_date')],
  ['provider_attempts_succeeded_is_staged', attempt(`state = 'succeeded'`)],
  ['provider_attempts_failed_has_kind', attempt(`state = 'failed'`)],
  [
    'provider_spending_provider',
    `INSERT INTO provider_spending (day, provider, usd) VALUES (current_date, 'crayon', 0)`,
  ],
];

/** Statements that a foreign key refuses. */
export const REFERENCES: readonly (readonly [constraint: string, statement: string])[] = [
  [
    'avatar_generations_retry_of_avatar_generations_id_fk',
    generation('requested', `retry_of = '0190b2f0-0000-7000-8000-000000000002'`),
  ],
  ['credit_transfers_account_id_accounts_id_fk', 'DELETE FROM accounts WHERE id = :stranger'],
  ['credit_transfers_generation_id_avatar_generations_id_fk', 'DELETE FROM avatar_generations WHERE id = :pending'],
  [
    'credit_transfers_parent',
    transfer(`'release', :account, 9, :pending, ${transferId('pending', 'reserve')}, NULL, NULL`),
  ],
  [
    'avatar_generations_account_id_accounts_id_fk',
    generation('requested', 'project_id = NULL, account_id = gen_random_uuid()'),
  ],
  ['avatar_generations_batch_id_batches_id_fk', generation('requested', 'batch_id = gen_random_uuid()')],
  ['avatar_generations_project', generation('requested', 'project_id = :strangersProject')],
  ['avatars_account_id_accounts_id_fk', avatar('account_id = gen_random_uuid()')],
  ['avatars_generation_id_avatar_generations_id_fk', avatar('generation_id = gen_random_uuid()')],
  ['avatars_project', avatar('project_id = :strangersProject')],
  ['batches_account_id_accounts_id_fk', batch('account_id = gen_random_uuid()')],
  ['batches_project_id_avatar_projects_id_fk', batch('project_id = gen_random_uuid()')],
  ['provider_attempts_generation_id_avatar_generations_id_fk', attempt('generation_id = gen_random_uuid()')],
];

const ended = (status: string) => (['completed', 'failed', 'cancelled'].includes(status) ? 'now()' : 'NULL');
/** Statements with the values of the domain, at the ends of their ranges. */
export const ACCEPTED: readonly string[] = [
  account('held = posted'),
  account('posted = 0, held = 0, unfinished = 0, daily_limit = 0, unfinished_limit = 0'),
  account('erased_at = now(), subject = NULL, display_name = NULL'),
  transfer(`'reserve', :account, 1, :requested, NULL, NULL, NULL`),
  transfer(`'topup', :account, 1000000000, NULL, NULL, 'gift', 'key'`),
  transfer(`'topup', :account, 1, NULL, NULL, 'gift', NULL`),
  transfer(`'capture', :account, 10, :pending, ${transferId('pending', 'reserve')}, NULL, NULL`),
  transfer(`'release', :account, 10, :pending, ${transferId('pending', 'reserve')}, NULL, NULL`),
  transfer(`'refund', :account, 10, :completed, ${transferId('completed', 'capture')}, 'x', NULL`),
  generation('pending', 'priority = 1, price = 1, seed = 0, admission_number = 0'),
  generation('pending', 'priority = 5, price = 1000000, seed = 4294967295, admission_number = 1000000'),
  avatar('seed = 0, width = 1, height = 1, bytes = 1, usage_count = 0'),
  avatar('seed = 4294967295, width = 16384, height = 16384, style = NULL, provider = NULL'),
  batch('size = 1, admission_number = 0'),
  batch('size = 50, admission_number = 1000000'),
  attempt('ordinal = 99, latency_ms = 0, budgeted_usd = 0, budgeted_on = current_date'),
  attempt('external_id = NULL'),
  ...TIERS.flatMap((tier) => [account(`tier = '${tier}'`), generation('pending', `tier = '${tier}'`)]),
  ...GENERATION_STATUSES.map((status) => {
    const code = status === 'failed' ? `'internal'` : 'NULL';
    return generation('pending', `status = '${status}', finished_at = ${ended(status)}, failure_code = ${code}`);
  }),
  ...STAGES.map((stage) => generation('pending', `stage = '${stage}'`)),
  ...SOURCE_TYPES.flatMap((type) => [
    generation('pending', `source_type = '${type}'`),
    avatar(`source_type = '${type}'`),
  ]),
  ...ADMISSION_REFUSALS.flatMap((refusal) => [
    generation('requested', `refusal = '${refusal}'`),
    generation('requested', `refusal = '${refusal}', status = 'cancelled', finished_at = now()`),
    batch(`refusal = '${refusal}'`),
  ]),
  generation('requested', `refusal = 'daily_limit', status = 'failed', finished_at = now(), failure_code = 'internal'`),
  ...FAILURE_CODES.map((code) =>
    generation('pending', `status = 'failed', finished_at = now(), failure_code = '${code}'`),
  ),
  ...PROVIDERS.flatMap((provider) => [
    generation('pending', `provider = '${provider}'`),
    avatar(`provider = '${provider}'`),
    attempt(`provider = '${provider}'`),
  ]),
  ...[...PROVIDERS, 'all'].map(
    (provider) => `INSERT INTO provider_spending (day, provider, usd) VALUES (current_date, '${provider}', 0)`,
  ),
  ...STYLES.map((style) => avatar(`style = '${style}'`)),
  ...REVIEW_STATES.map((review) => avatar(`review = '${review}'`)),
  ...ATTEMPT_STATES.map((state) => attempt(`state = '${state}', staged_object = 's', failure_kind = 'timeout'`)),
  ...PROVIDER_FAILURES.map((kind) => attempt(`state = 'failed', failure_kind = '${kind}'`)),
  attempt(`state = 'succeeded', staged_object = 's'`),
];
