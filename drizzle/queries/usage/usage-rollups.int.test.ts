import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { rollupDifferences } from '#tests/support/database/rollup-differences.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { record } from '#drizzle/ledger/record.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { beginAttempt, completeAttempt, failAttempt } from '../generations/attempt-steps.ts';
import { createProject } from '../avatars/projects.ts';
import { recordUse } from './usage-history.ts';

/** Runs of each property; a night's run sets LEDGER_RUNS=2000. A failure prints the seed that repeats it. */
const RUNS = Number(process.env['LEDGER_RUNS'] ?? 8);
const RUN_TIMEOUT_MS = Math.max(120_000, RUNS * 10_000);
const CLIENTS = 6;
const AVATARS = 4;
const PROJECTS = 2;
const fixture = useDatabase({ poolSize: CLIENTS });

interface Scene {
  readonly tenant: Tenant;
  readonly projectIds: readonly string[];
  readonly avatarIds: readonly string[];
  readonly generationIds: readonly string[];
  /** Chosen before, so that some are sent twice. */
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
    const { generationId, avatarId } = await make(scene, i % PROJECTS, 0.003);
    scene.avatarIds.push(avatarId);
    scene.generationIds.push(generationId);
  }
  return scene;
}

const someIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** Asked for, painted by two attempts of which the first fails at half the cost, recorded. */
async function make({ tenant, projectIds }: Scene, project: number, costUsd: number) {
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
  'make',
  'fail',
  'refund',
  'move',
  'delete avatar',
  'delete project',
] as const;
interface Step {
  readonly do: (typeof STEPS)[number];
  readonly avatar: number;
  readonly project: number;
  readonly app: number;
  readonly hoursAgo: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('use', 'use again', 'use long ago', 'use') },
    { weight: 5, arbitrary: fc.constantFrom('make', 'fail', 'refund', 'move') },
    { weight: 2, arbitrary: fc.constant('delete avatar') },
    { weight: 1, arbitrary: fc.constant('delete project') },
  ),
  avatar: fc.nat(AVATARS - 1),
  project: fc.nat(PROJECTS - 1),
  app: fc.nat(2),
  hoursAgo: fc.nat(30),
});

/** @returns how many uses it wrote down */
async function take(scene: Scene, { do: what, avatar, project, app, hoursAgo }: Step): Promise<number> {
  const { database } = fixture;
  const accountId = scene.tenant.account.id;
  const avatarId = scene.avatarIds[avatar] ?? '';
  const projectId = scene.projectIds[project] ?? '';
  if (what === 'use' || what === 'use again') {
    const id = what === 'use' ? randomUUID() : (scene.useIds[app * 2 + project] ?? '');
    const use = { id, accountId, avatarId, appId: `app-${app}`, appName: `App ${hoursAgo}`, action: 'shown' };
    const outcome = await recordUse(database, { ...use, referenceId: null, referenceType: null, metadata: {} });
    return outcome?.created === true ? 1 : 0;
  }
  if (what === 'use long ago') {
    const written = await database.call('test.useLongAgo', USE_LONG_AGO, [avatarId, `app-${app}`, hoursAgo]);
    return written.length;
  }
  if (what === 'make' || what === 'fail') {
    const found = await database.call('test.project', 'SELECT FROM avatar_projects WHERE id = $1', [projectId]);
    if (found.length === 1 && what === 'make') await make(scene, project, hoursAgo / 1000).catch(unlessProjectGone);
    if (found.length === 1 && what === 'fail') await fail(scene, projectId).catch(unlessProjectGone);
  }
  const generationId = scene.generationIds[avatar] ?? '';
  if (what === 'refund') await refund(database, generationId, 'six fingers');
  if (what === 'move') await database.call('test.move', MOVE, [avatarId, projectId]).catch(unlessProjectGone);
  if (what === 'delete avatar')
    await database.call('test.deleteAvatar', 'DELETE FROM avatars WHERE id = $1', [avatarId]);
  if (what === 'delete project') {
    await database.call('test.deleteProject', DELETE_PROJECT, [accountId, projectId]);
  }
  return 0;
}

const USE_LONG_AGO = `INSERT INTO avatar_usage_history (account_id, avatar_id, project_id, app_id, app_name, action, created_at)
  SELECT account_id, id, project_id, $2, $2, 'shown', now() - $3 * interval '1 hour' FROM avatars, generate_series(1, 3) WHERE id = $1
  FOR KEY SHARE OF avatars RETURNING id`;
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

/** Somebody may delete the project at any moment of a step. */
function unlessProjectGone(error: unknown): void {
  if (!(error instanceof Error) || !/project|unfinished|Admission/.test(error.message)) throw error;
}

async function usesOf({ tenant }: Scene): Promise<number> {
  const { rows } = await fixture.owner.query<{ uses: number }>(
    'SELECT coalesce(sum(uses + deleted_uses), 0)::int AS uses FROM usage_hours WHERE account_id = $1',
    [tenant.account.id],
  );
  return rows[0]?.uses ?? 0;
}

describe('the roll-ups', () => {
  it(
    'agree with the raw rows after whatever happens, and forget no use that ever was',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const scene = await openScene();
          let uses = 0;
          for (const one of steps) uses += await take(scene, one);
          expect(await rollupDifferences(fixture.owner)).toEqual([]);
          expect(await usesOf(scene)).toBe(uses);
        }),
        { numRuns: RUNS },
      );
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'agree with the raw rows when many do it at the same time',
    async () => {
      const everybody = fc.array(fc.array(step, { minLength: 3, maxLength: 12 }), {
        minLength: CLIENTS,
        maxLength: CLIENTS,
      });
      await fc.assert(
        fc.asyncProperty(everybody, async (clients) => {
          const scene = await openScene();
          const counts = await Promise.all(
            clients.map(async (steps) => {
              let uses = 0;
              for (const one of steps) uses += await take(scene, one);
              return uses;
            }),
          );
          expect(await rollupDifferences(fixture.owner)).toEqual([]);
          expect(await usesOf(scene)).toBe(counts.reduce((sum, uses) => sum + uses, 0));
        }),
        { numRuns: RUNS },
      );
    },
    RUN_TIMEOUT_MS,
  );

  it('can be written by nobody but the triggers, and the history is never changed', async () => {
    for (const statement of [
      'UPDATE usage_hours SET uses = 0',
      'DELETE FROM generation_hours',
      `UPDATE avatar_usage_history SET app_id = 'other'`,
      'UPDATE avatar_generations SET origin_project_id = NULL',
    ]) {
      await expect(fixture.database.call(`test.${statement}`, statement, [])).rejects.toThrow('permission denied');
    }
  });

  it('keep what a project cost when the project is gone', async () => {
    const scene = await openScene();
    const [projectId] = scene.projectIds;
    await fixture.database.call('test.deleteProject', DELETE_PROJECT, [scene.tenant.account.id, projectId]);
    const { rows } = await fixture.owner.query<{ made: number }>(
      'SELECT sum(made)::int AS made FROM generation_hours WHERE account_id = $1 AND project_id = $2',
      [scene.tenant.account.id, projectId],
    );
    expect(rows[0]?.made).toBe(AVATARS / PROJECTS);
  });
});
