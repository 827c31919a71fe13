import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { rollupDifferences } from '#tests/support/database/rollup-differences.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { propertyLimits, reportFigure } from '#tests/support/long-run.ts';
import { record } from '#drizzle/ledger/record.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { beginAttempt, completeAttempt, failAttempt } from '../generations/attempt-steps.ts';
import { createProject } from '../avatars/projects.ts';
import { rollUpUsage, totalsOf, usesByApp } from './analytics.ts';
import { recordUse } from './usage-history.ts';

const { parameters, timeoutMs } = propertyLimits('usage', { slice: 5, properties: 2 });
const CLIENTS = 6;
const AVATARS = 4;
const PROJECTS = 2;
const fixture = useDatabase({ poolSize: CLIENTS });

interface Scene {
  readonly tenant: Tenant;
  readonly projectIds: readonly string[];
  readonly avatarIds: readonly string[];
  readonly generationIds: readonly string[];
  /** Fixed ids, so that some uses are sent twice. */
  readonly useIds: readonly string[];
}

/** An account with two projects and two avatars in each. */
async function openScene(): Promise<Scene> {
  const { database } = fixture;
  const tenant = await newTenant(database, 'service');
  await topup(database, { accountId: tenant.account.id, amount: 10_000, reference: randomUUID() });
  const second = { id: randomUUID(), accountId: tenant.account.id, name: 'Second', description: '' };
  await createProject(database, second);
  const projectIds = [tenant.projectId, second.id];
  const scene = { tenant, projectIds, avatarIds: [] as string[], generationIds: [] as string[], useIds: someIds(6) };
  for (let i = 0; i < AVATARS; i += 1) {
    const { generationId, avatarId } = await generate(scene, i % PROJECTS, 0.003);
    scene.avatarIds.push(avatarId);
    scene.generationIds.push(generationId);
  }
  return scene;
}

const someIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** Records an avatar after two attempts; the first one fails at half the cost. */
async function generate({ tenant, projectIds }: Scene, project: number, costUsd: number) {
  const { database } = fixture;
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

const STEPS = [
  'use',
  'use again',
  'use long ago',
  'generate',
  'fail',
  'refund',
  'move',
  'delete avatar',
  'delete project',
  'roll up',
  'sum anew',
] as const;
interface Step {
  readonly do: (typeof STEPS)[number];
  readonly avatar: number;
  readonly project: number;
  readonly app: number;
  readonly hoursAgo: number;
}
const anyStep: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('use', 'use again', 'use long ago', 'use') },
    { weight: 5, arbitrary: fc.constantFrom('generate', 'fail', 'refund', 'move') },
    { weight: 2, arbitrary: fc.constant('delete avatar') },
    { weight: 1, arbitrary: fc.constant('delete project') },
    { weight: 4, arbitrary: fc.constant('roll up') },
    { weight: 1, arbitrary: fc.constant('sum anew') },
  ),
  avatar: fc.nat(AVATARS - 1),
  project: fc.nat(PROJECTS - 1),
  app: fc.nat(2),
  hoursAgo: fc.nat(30),
});

/** @returns the number of uses it recorded */
async function runStep(scene: Scene, { do: action, avatar, project, app, hoursAgo }: Step): Promise<number> {
  const { database } = fixture;
  const accountId = scene.tenant.account.id;
  const avatarId = scene.avatarIds[avatar] ?? '';
  const projectId = scene.projectIds[project] ?? '';
  if (action === 'use' || action === 'use again') {
    const id = action === 'use' ? randomUUID() : (scene.useIds[app * 2 + project] ?? '');
    const use = { id, accountId, avatarId, appId: `app-${app}`, appName: `App ${hoursAgo}`, action: 'shown' };
    const outcome = await recordUse(database, { ...use, referenceId: null, referenceType: null, metadata: '{}' });
    return outcome?.created === true ? 1 : 0;
  }
  if (action === 'use long ago') {
    const written = await database.call('test.useLongAgo', USE_LONG_AGO, [avatarId, `app-${app}`, hoursAgo]);
    return written.length;
  }
  if (action === 'generate' || action === 'fail') {
    const found = await database.call('test.project', 'SELECT FROM avatar_projects WHERE id = $1', [projectId]);
    if (found.length === 1 && action === 'generate')
      await generate(scene, project, hoursAgo / 1000).catch(unlessProjectDeleted);
    if (found.length === 1 && action === 'fail') await fail(scene, projectId).catch(unlessProjectDeleted);
  }
  const generationId = scene.generationIds[avatar] ?? '';
  if (action === 'refund') await refund(database, generationId, 'six fingers');
  if (action === 'move') await database.call('test.move', MOVE, [avatarId, projectId]).catch(unlessProjectDeleted);
  // Few at a time, so that some are left; with none, one account is added to the studio's sums.
  if (action === 'roll up') await rollUpUsage(database, app);
  if (action === 'sum anew') await fixture.owner.query(SUM_ANEW);
  if (action === 'delete avatar')
    await database.call('test.deleteAvatar', 'DELETE FROM avatars WHERE id = $1', [avatarId]);
  if (action === 'delete project') {
    await database.call('test.deleteProject', DELETE_PROJECT, [accountId, projectId]);
  }
  return 0;
}

const USE_LONG_AGO = `INSERT INTO avatar_usage_history (account_id, avatar_id, project_id, app_id, app_name, action, created_at)
  SELECT account_id, id, project_id, $2, $2, 'shown', now() - $3 * interval '1 hour' FROM avatars, generate_series(1, 3) WHERE id = $1
  FOR KEY SHARE OF avatars RETURNING id`;
/** As a database is after the migration: no account is in the studio's sums. Not while somebody adds to them. */
const SUM_ANEW = `BEGIN;
  SELECT pg_advisory_xact_lock(hashtextextended('generation hours', 0)), pg_advisory_xact_lock(hashtextextended('studio usage', 0));
  DELETE FROM studio_generation_hours;
  DELETE FROM studio_usage_hours;
  UPDATE studio_sums SET up_to_account_id = '00000000-0000-0000-0000-000000000000';
  COMMIT`;
const DELETE_PROJECT = 'SELECT FROM delete_project($1, $2)';
const MOVE = 'UPDATE avatars SET project_id = $2 WHERE id = $1';

async function fail({ tenant }: Scene, projectId: string): Promise<void> {
  const { id: generationId } = await admitted(fixture.database, tenant, { projectId });
  await release(fixture.database, {
    generationId,
    status: 'failed',
    failure: { code: 'internal', message: 'it broke' },
  });
}

/** Another client may delete the project at any moment of a step. */
function unlessProjectDeleted(error: unknown): void {
  if (!(error instanceof Error) || !/project|unfinished|Admission/.test(error.message)) throw error;
}

async function usesOf({ tenant }: Scene): Promise<number> {
  const { rows } = await fixture.owner.query<{ uses: number }>(
    'SELECT coalesce(sum(uses + deleted_uses), 0)::int AS uses FROM usage_hours WHERE account_id = $1',
    [tenant.account.id],
  );
  return rows[0]?.uses ?? 0;
}

describe('usage roll-ups', () => {
  it(
    'agree with the raw rows after any steps, and still count uses of deleted avatars',
    async () => {
      let counted = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), async (steps) => {
          const scene = await openScene();
          let uses = 0;
          for (const step of steps) uses += await runStep(scene, step);
          expect(await rollupDifferences(fixture.owner)).toEqual([]);
          expect(await usesOf(scene)).toBe(uses);
          counted += uses;
        }),
        parameters,
      );
      reportFigure(`${counted} uses counted`);
    },
    timeoutMs,
  );

  it(
    'agree with the raw rows after concurrent steps',
    async () => {
      const allClients = fc.array(fc.array(anyStep, { minLength: 3, maxLength: 12 }), {
        minLength: CLIENTS,
        maxLength: CLIENTS,
      });
      await fc.assert(
        fc.asyncProperty(allClients, async (clients) => {
          const scene = await openScene();
          const counts = await Promise.all(
            clients.map(async (steps) => {
              let uses = 0;
              for (const step of steps) uses += await runStep(scene, step);
              return uses;
            }),
          );
          expect(await rollupDifferences(fixture.owner)).toEqual([]);
          expect(await usesOf(scene)).toBe(counts.reduce((sum, uses) => sum + uses, 0));
        }),
        parameters,
      );
    },
    timeoutMs,
  );

  it('can be written only by triggers, and the history is append-only', async () => {
    for (const statement of [
      'UPDATE usage_hours SET uses = 0',
      'DELETE FROM generation_hours',
      'DELETE FROM generation_hour_changes',
      'INSERT INTO generation_hour_changes (account_id, hour) SELECT id, now() FROM accounts',
      'UPDATE studio_usage_hours SET uses = 0',
      'DELETE FROM studio_generation_hours',
      `UPDATE avatar_usage_history SET app_id = 'other'`,
      'UPDATE avatar_generations SET origin_project_id = NULL',
    ]) {
      await expect(fixture.database.call(`test.${statement.slice(0, 40)}`, statement, [])).rejects.toThrow(
        'permission denied',
      );
    }
  });

  it('keep the costs of a deleted project', async () => {
    const scene = await openScene();
    const [projectId] = scene.projectIds;
    await fixture.database.call('test.deleteProject', DELETE_PROJECT, [scene.tenant.account.id, projectId]);
    const { rows } = await fixture.owner.query<{ completed: number }>(
      'SELECT sum(completed)::int AS completed FROM generation_usage WHERE account_id = $1 AND project_id = $2',
      [scene.tenant.account.id, projectId],
    );
    expect(rows[0]?.completed).toBe(AVATARS / PROJECTS);
  });

  it('count what is appended at once, and the same after it is added to its hours by many callers', async () => {
    const { database, owner } = fixture;
    const scene = await openScene();
    const reach = {
      accountId: scene.tenant.account.id,
      from: new Date(Date.now() - 7_200_000),
      to: new Date(Date.now() + 3_600_000),
    };
    const before = await totalsOf(database, reach);
    expect(before).toEqual({ credits: 10 * AVATARS, costUsd: 0.018, completed: AVATARS, failed: 0 });
    expect((await owner.query('SELECT roll_up_generation_hours(3)::int AS rolled')).rows).toEqual([{ rolled: 3 }]);
    await rollUpAll(CLIENTS);
    expect((await owner.query('SELECT FROM generation_hour_changes')).rowCount).toBe(0);
    expect(await totalsOf(database, reach)).toEqual(before);
    expect(await rollupDifferences(owner)).toEqual([]);
    const hours = await owner.query('SELECT DISTINCT provider FROM generation_hours WHERE account_id = $1', [
      reach.accountId,
    ]);
    expect(hours.rowCount).toBe(2);
  });

  it('are in the studio’s sums exactly once, at every moment at which accounts and changes are added to them', async () => {
    const { database, owner } = fixture;
    const scene = await openScene();
    for (let count = 0; count < 20; count += 1) {
      const step = { do: 'use', avatar: count % AVATARS, project: 0, app: count % 3, hoursAgo: count } as const;
      await runStep(scene, step);
    }
    await owner.query(`${SUM_ANEW}; ${EARLIER_ACCOUNTS}`);
    const usesOfAll = async () =>
      (await usesByApp(database, ALWAYS)).map(({ appId, uses, deletedUses }) => ({ appId, uses, deletedUses }));
    const readAll = async () => ({ totals: await totalsOf(database, ALWAYS), apps: await usesOfAll() });
    const before = await readAll();
    expect(before.totals.completed).toBeGreaterThan(0);
    const rolling = { ended: false };
    const readers = [1, 2].map(async () => {
      let reads = 0;
      for (; !rolling.ended; reads += 1) expect(await readAll()).toEqual(before);
      return reads;
    });
    await rollUpAll(1).finally(() => (rolling.ended = true));
    expect(Math.min(...(await Promise.all(readers)))).toBeGreaterThan(1);
    expect(await readAll()).toEqual(before);
    expect((await owner.query('SELECT FROM studio_usage_changes')).rowCount).toBe(0);
    // Complete: what the accounts' hours have is not read any more.
    await owner.query(FORGET_EARLIER_ACCOUNTS);
    expect(await readAll()).toEqual(before);
  });
});

/** More hours than are summed at once, of accounts that come before all others: changes of the others are added meanwhile. */
const EARLIER_ID = `('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid`;
const EARLIER_ACCOUNTS = `
  INSERT INTO generation_hours (account_id, hour, completed) SELECT ${EARLIER_ID}, now(), n FROM generate_series(1, 300) n;
  INSERT INTO usage_hours (account_id, hour, project_id, app_id, app_name, uses)
    SELECT ${EARLIER_ID}, now(), ${EARLIER_ID}, 'app-1', 'App', n FROM generate_series(1, 300) n`;
const FORGET_EARLIER_ACCOUNTS = ['generation_hours', 'usage_hours']
  .map((table) => `DELETE FROM ${table} WHERE account_id < '00000000-0000-4000-9000-000000000000'`)
  .join(';');
const ALWAYS = { accountId: undefined, from: new Date(0), to: new Date(Date.now() + 86_400_000) };

/** Adds three changes of a kind a call, and three times twenty hours, until nothing is left and all accounts are in the sums. */
async function rollUpAll(callers: number): Promise<void> {
  let rolled: number[];
  let remaining: number | null;
  do {
    rolled = await Promise.all(Array.from({ length: callers }, () => rollUpUsage(fixture.database, 3)));
    const sums = await fixture.owner.query('SELECT FROM studio_sums WHERE up_to_account_id < $1', [LAST_UUID]);
    remaining = sums.rowCount;
  } while (remaining !== 0 || rolled.some((count) => count > 0));
}
const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
