import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { rollupDifferences } from '#tests/support/database/rollup-differences.ts';
import {
  AVATARS,
  generateAvatar,
  openUsageScene,
  PROJECTS,
  SUM_ANEW,
  type UsageScene,
} from '#tests/support/database/usage-scene.ts';
import { admitted } from '#tests/support/database/world.ts';
import { propertyLimits, reportFigure } from '#tests/support/long-run.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { rollUpUsage } from './analytics.ts';
import { recordUse } from './usage-history.ts';

const { parameters, timeoutMs } = propertyLimits('usage', { slice: 5, properties: 2 });
const CLIENTS = 6;
const fixture = useDatabase({ poolSize: CLIENTS });

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
async function runStep(scene: UsageScene, { do: action, avatar, project, app, hoursAgo }: Step): Promise<number> {
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
      await generateAvatar(database, scene, { project, costUsd: hoursAgo / 1000 }).catch(unlessProjectDeleted);
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
const DELETE_PROJECT = 'SELECT FROM delete_project($1, $2)';
const MOVE = 'UPDATE avatars SET project_id = $2 WHERE id = $1';

async function fail({ tenant }: UsageScene, projectId: string): Promise<void> {
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

async function usesOf({ tenant }: UsageScene): Promise<number> {
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
          const scene = await openUsageScene(fixture.database);
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
          const scene = await openUsageScene(fixture.database);
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
    const scene = await openUsageScene(fixture.database);
    const [projectId] = scene.projectIds;
    await fixture.database.call('test.deleteProject', DELETE_PROJECT, [scene.tenant.account.id, projectId]);
    const { rows } = await fixture.owner.query<{ completed: number }>(
      'SELECT sum(completed)::int AS completed FROM generation_usage WHERE account_id = $1 AND project_id = $2',
      [scene.tenant.account.id, projectId],
    );
    expect(rows[0]?.completed).toBe(AVATARS / PROJECTS);
  });
});
