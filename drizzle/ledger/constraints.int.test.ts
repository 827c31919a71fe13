import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, requested } from '#tests/support/database/world.ts';
import { serverError } from '../connection/transient.ts';
import { record } from './record.ts';
import { ACCEPTED, CHECKED, REFERENCES } from '#tests/support/database/constraint-cases.ts';

const fixture = useDatabase();
/** The rows that statements name as `:account`, `:pending` and so on. */
let rows: Readonly<Record<string, string>>;

beforeAll(async () => {
  const { database, owner } = fixture;
  const [tenant, stranger] = [await newTenant(database), await newTenant(database)];
  const delivered = [await admitted(database, tenant), await admitted(database, tenant)];
  const avatars = delivered.map(() => anAvatar(tenant.account.id));
  for (const [index, { id }] of delivered.entries()) await record(database, id, avatars[index]!);
  const [attempt, batch] = [randomUUID(), randomUUID()];
  rows = {
    account: tenant.account.id,
    stranger: stranger.account.id,
    strangersProject: stranger.projectId,
    requested: (await requested(database, tenant)).id,
    pending: (await admitted(database, tenant)).id,
    attempted: (await admitted(database, tenant)).id,
    completed: delivered[0]!.id,
    avatar: avatars[0]!.id,
    other: avatars[1]!.id,
    attempt,
    batch,
  };
  await owner.query(
    `INSERT INTO provider_attempts (id, generation_id, ordinal, provider, model, external_id) VALUES ($1, $2, 0, 'fal', 'm', 'e')`,
    [attempt, rows['attempted']],
  );
  await owner.query(`INSERT INTO batches (id, account_id, size, request_hash) VALUES ($1, $2, 2, repeat('a', 64))`, [
    batch,
    rows['account'],
  ]);
});

/**
 * Runs statements and rolls them back.
 * @param role `replica` fires no trigger, foreign keys' own included, so that a constraint stands alone
 * @returns the constraint that refuses them, `accepted`, or another error
 */
async function refusedBy(statements: string, role: 'replica' | 'origin'): Promise<string> {
  const sql = statements.replaceAll(/(?<!:):([a-z]+)/gi, (_match, name: string) => `'${rows[name]}'::uuid`);
  await fixture.owner.query(`BEGIN; SET LOCAL session_replication_role = '${role}'`);
  try {
    await fixture.owner.query(sql);
    return 'accepted';
  } catch (error) {
    return serverError(error)?.constraint ?? String(error);
  } finally {
    await fixture.owner.query('ROLLBACK');
  }
}

describe('the constraints of money and delivery', () => {
  it.each(CHECKED)('%s refuses: %s', async (constraint, statement) => {
    expect(await refusedBy(statement, 'replica')).toBe(constraint);
  });

  it.each(REFERENCES)('%s refuses: %s', async (constraint, statement) => {
    expect(await refusedBy(statement, 'origin')).toBe(constraint);
  });

  it('accept every value of the domain', async () => {
    const refused: string[] = [];
    for (const statement of ACCEPTED) {
      const outcome = await refusedBy(statement, 'replica');
      if (outcome !== 'accepted') refused.push(`${statement}: ${outcome}`);
    }
    expect(refused).toEqual([]);
  });

  it('are all among these', async () => {
    const tables =
      'accounts avatar_generations avatar_tombstones avatars batches credit_transfers provider_attempts provider_spending';
    const { rows: found } = await fixture.owner.query<{ name: string }>(
      `SELECT conname AS name FROM pg_constraint WHERE contype IN ('c', 'f', 'u') AND conrelid::regclass::text = ANY ($1)
       UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY ($1)`,
      [tables.split(' ')],
    );
    const names = found.map(({ name }) => name).filter((name) => !/_(shape|length|hash|sha256)$/.test(name));
    const covered = new Set([...CHECKED, ...REFERENCES].map(([constraint]) => constraint));
    // The other two checks of the balances imply the first; the second is the target of a foreign key.
    const implied = ['accounts_posted_nonneg', 'credit_transfers_fk_target'];
    expect(names.filter((name) => !covered.has(name)).toSorted()).toEqual(implied);
  });
});
