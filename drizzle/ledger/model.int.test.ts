import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAccount } from '../queries/accounts/accounts.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { LedgerModel } from '#tests/support/database/ledger-model.ts';
import { anyAttempt, attempt, type Attempted, type Scene } from '#tests/support/database/ledger-steps.ts';
import { newTenant, requested } from '#tests/support/database/world.ts';
import { audit } from './audit.ts';

/** Runs of each property; a night's run sets LEDGER_RUNS=2000. A failure prints the seed that repeats it. */
const RUNS = Number(process.env['LEDGER_RUNS'] ?? 12);
const RUN_TIMEOUT_MS = Math.max(120_000, RUNS * 10_000);

const REQUESTS = 5;
const AVATARS = 2;
const CLIENTS = 10;
const fixture = useDatabase({ poolSize: CLIENTS });

/** Requests of 5, 10, 15 … on a balance of 100, a daily limit of 6 and 3 unfinished at once: every limit is near. */
async function openScene(): Promise<{ scene: Scene; model: LedgerModel }> {
  const { database, urls } = fixture;
  const tenant = await newTenant(database);
  const limits = { dailyLimit: 4, unfinishedLimit: 3 };
  await fixture.owner.query('UPDATE accounts SET daily_limit = $2, unfinished_limit = $3 WHERE id = $1', [
    tenant.account.id,
    limits.dailyLimit,
    limits.unfinishedLimit,
  ]);
  const model = new LedgerModel({ posted: 100, ...limits });
  for (let i = 0; i < REQUESTS; i += 1) {
    const { id, price } = await requested(database, tenant, { price: 20 + 15 * i });
    model.requests.push({ id, price, status: 'requested' });
  }
  const { id: strangerId } = (await newTenant(database)).account;
  model.strangerPosted = 100;
  const avatarIds = Array.from({ length: REQUESTS * AVATARS }, () => randomUUID());
  const requestIds = model.requests.map(({ id }) => id);
  return { model, scene: { database, url: urls.url, accountId: tenant.account.id, strangerId, requestIds, avatarIds } };
}

async function expectBalances(scene: Scene, model: LedgerModel): Promise<void> {
  expect(await readAccount(scene.database, scene.accountId)).toMatchObject({
    posted: model.posted,
    held: model.held,
    unfinished: model.unfinished,
    dailyUsed: model.dayCount,
  });
  expect((await readAccount(scene.database, scene.strangerId))!.posted).toBe(model.strangerPosted);
  for (const { id, status } of model.requests) expect((await readGeneration(scene.database, id))!.status).toBe(status);
}

describe('the ledger and a model of it', () => {
  it(
    'give the same answers and balances, one step after the other, with deaths and repetitions',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyAttempt(REQUESTS, AVATARS), { maxLength: 40 }), async (attempts) => {
          const { scene, model } = await openScene();
          for (const attempted of attempts) {
            const answers = await attempt(scene, attempted);
            const said = answerOf(model, scene, attempted);
            expect(answers).toEqual(answers.map(() => said));
          }
          await expectBalances(scene, model);
        }),
        { numRuns: RUNS },
      );
      expect(await audit(fixture.database)).toEqual([]);
    },
    RUN_TIMEOUT_MS,
  );

  it(
    'agree on balances after many callers at once, with deaths and repetitions',
    async () => {
      const everybody = fc.array(fc.array(anyAttempt(REQUESTS, AVATARS), { minLength: 4, maxLength: 15 }), {
        minLength: CLIENTS,
        maxLength: CLIENTS,
      });
      await fc.assert(
        fc.asyncProperty(everybody, async (clients) => {
          const { scene, model } = await openScene();
          const heard = await Promise.all(
            clients.map(async (attempts) => {
              const answers: Heard[] = [];
              for (const attempted of attempts) {
                for (const answer of await attempt(scene, attempted)) answers.push({ ...attempted, answer });
              }
              return answers;
            }),
          );
          applyWhatWasHeard(model, heard.flat());
          await expectBalances(scene, model);
        }),
        { numRuns: RUNS },
      );
      expect(await audit(fixture.database)).toEqual([]);
    },
    RUN_TIMEOUT_MS,
  );
});

function answerOf(model: LedgerModel, scene: Scene, { step }: Attempted): string {
  if (step.do === 'topup') return model.topup(step);
  const input = model.requests[step.input]!;
  if (step.do === 'reserve') return model.reserve(input);
  if (step.do === 'release') return model.release(input, step.status);
  if (step.do === 'refund') return model.refund(input);
  return model.record(input, scene.avatarIds[step.input * AVATARS + step.avatar]!);
}

interface Heard extends Attempted {
  readonly answer: string;
}

/** Nobody knows the order of what happened at once; what was acknowledged says where every request must have ended. */
function applyWhatWasHeard(model: LedgerModel, heard: readonly Heard[]): void {
  const paid = heard.flatMap(({ step, answer }) => (step.do === 'topup' && answer === 'posted' ? [step] : []));
  const paidTwice = paid.filter((step) => model.topup(step) !== 'posted');
  expect(paidTwice).toEqual([]);
  for (const [index, input] of model.requests.entries()) {
    const about = heard.filter(({ step }) => step.do !== 'topup' && step.input === index);
    const ends = new Set(about.flatMap(endSaid));
    expect(ends.size, 'everybody heard of the same end').toBeLessThanOrEqual(1);
    const [end] = ends;
    const held = end === 'completed' || about.some(({ answer }) => /^admitted$|with credits$/.test(answer));
    if (held) model.dayCount += 1;
    if (held && end === undefined) {
      model.held += input.price;
      model.unfinished += 1;
    }
    const refunded = about.some(({ answer }) => answer === 'refunded');
    if (end === 'completed' && !refunded) model.posted -= input.price;
    input.status = end ?? (held ? 'pending' : 'requested');
  }
}

function endSaid({ step, answer }: Heard): ('completed' | 'failed' | 'cancelled')[] {
  if (answer.startsWith('released') && step.do === 'release') return [step.status];
  if (answer === 'recorded' || answer === 'refunded') return ['completed'];
  return (['completed', 'failed', 'cancelled'] as const).filter((end) => answer.endsWith(` ${end}`));
}
