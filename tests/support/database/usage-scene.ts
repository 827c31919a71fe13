import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Database } from '#drizzle/connection/database.ts';
import { record } from '#drizzle/ledger/record.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { beginAttempt, completeAttempt, failAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { rollUpUsage } from '#drizzle/queries/usage/analytics.ts';
import { admitted, anAvatar, newTenant, type Tenant } from './world.ts';

export const AVATARS = 4;
export const PROJECTS = 2;

/** An account with projects, avatars and uses, as usage is counted for it. */
export interface UsageScene {
  readonly tenant: Tenant;
  readonly projectIds: readonly string[];
  readonly avatarIds: readonly string[];
  readonly generationIds: readonly string[];
  /** Fixed ids, so that some uses are sent twice. */
  readonly useIds: readonly string[];
}

/** An account with two projects and two avatars in each. */
export async function openUsageScene(database: Database): Promise<UsageScene> {
  const tenant = await newTenant(database, 'service');
  await topup(database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
  const second = { id: randomUUID(), accountId: tenant.account.id, name: 'Second', description: '' };
  await createProject(database, second);
  const projectIds = [tenant.projectId, second.id];
  const scene = { tenant, projectIds, avatarIds: [] as string[], generationIds: [] as string[], useIds: someIds(6) };
  for (let i = 0; i < AVATARS; i += 1) {
    const { generationId, avatarId } = await generateAvatar(database, scene, { project: i % PROJECTS, costUsd: 0.003 });
    scene.avatarIds.push(avatarId);
    scene.generationIds.push(generationId);
  }
  return scene;
}

const someIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** Records an avatar after two attempts; the first one fails at half the cost. */
export async function generateAvatar(
  database: Database,
  { tenant, projectIds }: UsageScene,
  { project, costUsd }: { readonly project: number; readonly costUsd: number },
) {
  const projectId = projectIds[project] ?? '';
  const { id: generationId } = await admitted(database, tenant, { projectId });
  for (const [ordinal, provider] of (['replicate', 'illustrator'] as const).entries()) {
    const begun = await beginAttempt(database, { generationId, ordinal, provider, model: 'm' });
    if (begun.kind !== 'attempt') throw new Error('The generation is not unfinished');
    const { id } = begun.attempt;
    const result = { stagedObject: `staging/${id}`, credit: null, costUsd, latencyMs: 5 };
    if (ordinal === 0) await failAttempt(database, id, { kind: 'timeout', message: 'late', costUsd: costUsd / 2 });
    else await completeAttempt(database, id, result);
  }
  const avatar = anAvatar(tenant.account.id);
  await record(database, generationId, avatar);
  return { generationId, avatarId: avatar.id };
}

/** As a database is after the migration: no account is in the studio's sums. Not while somebody adds to them. */
export const SUM_ANEW = `BEGIN;
  SELECT pg_advisory_xact_lock(hashtextextended('generation hours', 0)), pg_advisory_xact_lock(hashtextextended('studio usage', 0));
  DELETE FROM studio_generation_hours;
  DELETE FROM studio_usage_hours;
  UPDATE studio_sums SET up_to_account_id = '00000000-0000-0000-0000-000000000000';
  COMMIT`;

/** Adds three changes of a kind a call, and three times twenty hours, until nothing is left and all accounts are in the sums. */
export async function rollUpAll(database: Database, owner: Client, callers: number): Promise<void> {
  let rolled: number[];
  let remaining: number | null;
  do {
    rolled = await Promise.all(Array.from({ length: callers }, () => rollUpUsage(database, 3)));
    const sums = await owner.query('SELECT FROM studio_sums WHERE up_to_account_id < $1', [LAST_UUID]);
    remaining = sums.rowCount;
  } while (remaining !== 0 || rolled.some((count) => count > 0));
}
const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
