import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMove, GENERATION_STATUSES } from '#domain/generation/generation.ts';
import { serverError } from '../connection/transient.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, requested } from '#tests/support/database/world.ts';
import { audit } from './audit.ts';
import { record } from './record.ts';

const fixture = useDatabase();
const DENIED = '42501';

const refusal = (statement: string, values: unknown[] = []) =>
  fixture.database.call(`t.${statement}`.slice(0, 60), statement, values).then(
    () => 'accepted',
    (error: unknown) => serverError(error)?.code ?? String(error),
  );

describe('the application role', () => {
  it.each([
    [
      'insert a transfer',
      `INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', gen_random_uuid(), 1, 'x')`,
    ],
    ['change a transfer', 'UPDATE credit_transfers SET amount = 1'],
    ['delete a transfer', 'DELETE FROM credit_transfers'],
    ['change a balance', 'UPDATE accounts SET posted = posted + 1'],
    ['raise a limit', 'UPDATE accounts SET daily_limit = 1000000'],
    [
      'insert an account with a balance',
      `INSERT INTO accounts (posted, daily_limit, unfinished_limit) VALUES (5, 1, 1)`,
    ],
    ['insert an avatar', `INSERT INTO avatars (id) VALUES (gen_random_uuid())`],
    ['delete a generation', 'DELETE FROM avatar_generations'],
    [
      'insert a completed generation',
      `INSERT INTO avatar_generations (id, status) VALUES (gen_random_uuid(), 'completed')`,
    ],
    ['change a price', 'UPDATE avatar_generations SET price = 1'],
    ['delete a tombstone', 'DELETE FROM avatar_tombstones'],
    ['call a function that only triggers call', 'SELECT ledger_clock()'],
    ['create a table', 'CREATE TABLE extra (id int)'],
  ])('may not %s', async (_what, statement) => {
    expect(await refusal(statement)).toBe(DENIED);
  });

  it('may read all tables and the ledger audit', async () => {
    expect(await audit(fixture.database)).toEqual([]);
  });
});

describe('the ledger', () => {
  it('is append-only even for the owner of its tables', async () => {
    await newTenant(fixture.database);
    for (const statement of [
      'UPDATE credit_transfers SET amount = 1',
      'DELETE FROM credit_transfers',
      'TRUNCATE credit_transfers CASCADE',
    ]) {
      await expect(fixture.owner.query(statement)).rejects.toMatchObject({ code: DENIED });
    }
  });

  it('locks the account before a foreign key does: triggers fire in the order of their names', async () => {
    const { rows } = await fixture.owner.query<{ name: string }>(
      `SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'credit_transfers'::regclass AND tgtype & 7 = 5 ORDER BY tgname COLLATE "C"`,
    );
    const names = rows.map(({ name }) => name);
    expect(names[0]).toBe('A_apply_transfer');
    expect(names[1]).toMatch(/^RI_ConstraintTrigger/);
  });

  it('rejects a resolution whose amount, account or kind does not match its hold', async () => {
    const tenant = await newTenant(fixture.database);
    const stranger = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const forge = (account: string, amount: number, kind: string) =>
      fixture.owner.query(
        `INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id)
         SELECT $1, $2, $3, generation_id, id FROM credit_transfers WHERE generation_id = $4 AND kind = 'reserve'`,
        [kind, account, amount, id],
      );
    await expect(forge(tenant.account.id, 1, 'capture')).rejects.toMatchObject({
      constraint: 'credit_transfers_parent',
    });
    await expect(forge(stranger.account.id, 10, 'release')).rejects.toMatchObject({ code: '23514' });
    await expect(forge(tenant.account.id, 10, 'refund')).rejects.toMatchObject({
      constraint: 'credit_transfers_parent',
    });
    await expect(forge(tenant.account.id, 10, 'topup')).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the status of a generation', () => {
  it('changes only as the domain allows, and never ahead of the ledger', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const unexpected: string[] = [];
    for (const from of GENERATION_STATUSES) {
      for (const to of GENERATION_STATUSES) {
        if (from === to) continue;
        const { id } = await requested(fixture.database, tenant);
        await forceStatus(id, from);
        const moved = await fixture.owner
          .query(
            `UPDATE avatar_generations SET status = $2, failure_code = CASE WHEN $2 = 'failed' THEN 'internal' END WHERE id = $1`,
            [id, to],
          )
          .then(
            () => 'moved',
            (error: unknown) => serverError(error)?.constraint,
          );
        const needsStep = to === 'pending' || to === 'completed' || (from !== 'requested' && to !== 'processing');
        const expected = !canMove(from, to)
          ? 'avatar_generations_legal_move'
          : needsStep
            ? 'avatar_generations_follows_ledger'
            : 'moved';
        if (moved !== expected) unexpected.push(`${from} > ${to}: ${moved}, not ${expected}`);
        await remove(id);
      }
    }
    expect(unexpected).toEqual([]);
  });
});

describe('the ledger audit', () => {
  let tamper: Client;
  beforeAll(async () => {
    tamper = new Client({ connectionString: fixture.urls.ownerUrl });
    await tamper.connect();
    // Without triggers and foreign keys, as when a part of a backup is restored.
    await tamper.query(`SET session_replication_role = 'replica'`);
  });
  afterAll(() => tamper.end());

  it.each([
    ['balance', 'UPDATE accounts SET posted = posted + 1 WHERE id = $1'],
    ['unfinished', 'UPDATE accounts SET unfinished = unfinished + 1 WHERE id = $1'],
    ['day_count', 'UPDATE accounts SET day_count = day_count + 1 WHERE id = $1'],
    [
      'final_with_hold',
      `UPDATE avatar_generations SET status = 'cancelled', finished_at = now() WHERE account_id = $1 AND status = 'pending'`,
    ],
    [
      'status_contradicts_ledger',
      `UPDATE avatar_generations SET status = 'cancelled' WHERE account_id = $1 AND status = 'completed'`,
    ],
    [
      'hold_missing',
      `DELETE FROM credit_transfers t USING avatar_generations g WHERE t.generation_id = g.id AND g.account_id = $1 AND g.status = 'pending'`,
    ],
    ['hold_unexpected', `UPDATE avatar_generations SET price = 9 WHERE account_id = $1 AND status = 'pending'`],
    ['charged_without_avatar', 'DELETE FROM avatars WHERE account_id = $1'],
    ['avatar_without_charge', `DELETE FROM credit_transfers WHERE account_id = $1 AND kind = 'capture'`],
    [
      'tombstone_without_charge',
      'INSERT INTO avatar_tombstones (avatar_id, generation_id, account_id) VALUES (uuidv7(), uuidv7(), $1)',
    ],
    [
      'avatar_with_tombstone',
      'INSERT INTO avatar_tombstones (avatar_id, generation_id, account_id) SELECT id, generation_id, account_id FROM avatars WHERE account_id = $1',
    ],
    [
      'credits_returned_wrong',
      `UPDATE avatar_generations SET credits_returned = true WHERE account_id = $1 AND status = 'completed'`,
    ],
  ])('finds %s', async (violation, damage) => {
    const tenant = await newTenant(fixture.database);
    await admitted(fixture.database, tenant);
    const delivered = await admitted(fixture.database, tenant);
    await record(fixture.database, delivered.id, anAvatar(tenant.account.id));
    await tamper.query('BEGIN');
    await tamper.query(damage, [tenant.account.id]);
    const { rows } = await tamper.query<{ violation: string }>('SELECT DISTINCT violation FROM ledger_audit');
    await tamper.query('ROLLBACK');
    expect(rows.map((row) => row.violation)).toContain(violation);
  });
});

/** Bypasses all triggers, so that a test can check a single one. */
async function forceStatus(id: string, status: string): Promise<void> {
  await fixture.owner.query(`SET session_replication_role = 'replica'`);
  await fixture.owner.query(
    `UPDATE avatar_generations SET status = $2, failure_code = CASE WHEN $2 = 'failed' THEN 'internal' END,
       finished_at = CASE WHEN $2 IN ('completed', 'failed', 'cancelled') THEN now() END WHERE id = $1`,
    [id, status],
  );
  await fixture.owner.query(`SET session_replication_role = 'origin'`);
}

async function remove(id: string): Promise<void> {
  await fixture.owner.query('DELETE FROM avatar_generations WHERE id = $1', [id]);
}
