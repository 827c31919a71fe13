import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Database } from '#drizzle/connection/database.ts';
import { TIER_RULES, type Tier } from '#domain/generation/tier.ts';
import { sharedStack } from './stack.ts';

/** Backdates a generation by `byMs`. Runs as the owner with triggers off, because triggers maintain these timestamps. */
export async function age(ownerUrl: string, id: string, byMs: number): Promise<void> {
  await asOwner(ownerUrl, async (owner) => {
    await owner.query("SET session_replication_role = 'replica'");
    await owner.query(
      `UPDATE avatar_generations SET (created_at, updated_at, priority_at, accepted_at, overdue_at) =
         (created_at - $2 * interval '1 ms', updated_at - $2 * interval '1 ms', priority_at - $2 * interval '1 ms', accepted_at - $2 * interval '1 ms', overdue_at - $2 * interval '1 ms')
       WHERE id = $1`,
      [id, byMs],
    );
  });
}

/** Creates an account without starter credits, so that a test controls the balance. @returns the account's id */
export async function openEmptyAccount(ownerUrl: string, tier: Tier): Promise<string> {
  const { dailyGenerations, unfinishedGenerations } = TIER_RULES[tier];
  return asOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      'INSERT INTO accounts (subject, tier, daily_limit, unfinished_limit) VALUES ($1, $2, $3, $4) RETURNING id',
      [`test|${randomUUID()}`, tier, dailyGenerations, unfinishedGenerations],
    );
    return rows[0]!.id;
  });
}

/** Runs `act` as the database's owner, free of the restrictions on the application's role. */
export async function asOwner<Result>(ownerUrl: string, act: (owner: Client) => Promise<Result>): Promise<Result> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await act(owner);
  } finally {
    await owner.end();
  }
}

/** The owner's connection URL for a test's database on the shared stack. */
export async function ownerUrlOf(database: Database): Promise<string> {
  const [row] = await database.call<{ name: string }>('test.name', 'SELECT current_database() AS name', []);
  const url = new URL(sharedStack().databaseAdminUrl);
  url.pathname = `/${row?.name}`;
  return url.href;
}
