import { sha256 } from './migrations.ts';

/** The last tag before the baseline replaced 37 migrations, which were never released. */
const LAST_REPLACED = '0036_payment-references';
/** Hash of the sorted lines `tag sha256` of the replaced migrations in their last form. */
const REPLACED_SHA256 = '571ea506b160684dd6f4295096856822ad9e93d3a10d8b58b6798bc3c484c1f0';

/** What the baseline names differently than the replaced migrations did. */
export const RENAMES = `
  ALTER TABLE generation_hours RENAME COLUMN made TO completed;
  ALTER TABLE generation_hours RENAME CONSTRAINT generation_hours_made_not_null TO generation_hours_completed_not_null;
  ALTER TABLE webhook_deliveries RENAME COLUMN tries TO attempts;
  ALTER TABLE webhook_deliveries RENAME CONSTRAINT webhook_deliveries_tries_not_null TO webhook_deliveries_attempts_not_null;
  ALTER INDEX stored_objects_loose RENAME TO stored_objects_orphaned;
  ALTER TABLE webhooks DROP CONSTRAINT webhooks_disabled_reason;
  UPDATE webhooks SET disabled_reason = 'by_user' WHERE disabled_reason = 'by_owner';
  ALTER TABLE webhooks ADD CONSTRAINT webhooks_disabled_reason CHECK (disabled_reason IN ('by_user', 'gone', 'unreachable'));`;

/**
 * Whether a database was made by the migrations that the baseline replaced. They leave the same tables, but for {@link RENAMES}.
 * @param applied `schema_migrations`: hash by tag
 * @throws Error when it was made by an earlier form of them, whose tables are different
 */
export function isMadeByReplaced(applied: ReadonlyMap<string, string>): boolean {
  const tags = [...applied.keys()].sort();
  if (tags.length === 0 || tags.includes('0000_baseline')) return false;
  const lines = tags.map((tag) => `${tag} ${applied.get(tag)}`);
  if (tags.at(-1) === LAST_REPLACED && sha256(lines.join('\n')) === REPLACED_SHA256) return true;
  throw new Error(
    'This database was made by a development version that was never released, and can not be upgraded. ' +
      'Start with an empty one: of the embedded stack, delete the folder .data; elsewhere, drop and create the database',
  );
}
