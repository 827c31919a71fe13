import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAccount } from '../queries/accounts/accounts.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { LedgerModel } from '#tests/support/database/ledger-model.ts';
import { openScene } from '#tests/support/database/ledger-scene.ts';
import { anyAttempt, attempt, type Attempted, resultOf, type Scene } from '#tests/support/database/ledger-steps.ts';
import { propertyLimits, reportFigure } from '#tests/support/long-run.ts';
import { audit } from './audit.ts';

const { parameters, timeoutMs } = propertyLimits('ledger', { slice: 8, properties: 2 });

const REQUESTS = 5;
const CLIENTS = 10;
const fixture = useDatabase({ poolSize: CLIENTS });

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

describe('the ledger and its in-memory model', () => {
  it(
    'return the same outcomes and balances for sequential steps with crashes and repeats',
    async () => {
      let steps = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(anyAttempt(REQUESTS), { maxLength: 40 }), async (attempts) => {
          steps += attempts.length;
          const { scene, model } = await openScene(fixture, REQUESTS);
          for (const attempted of attempts) {
            const results = await attempt(scene, attempted);
            const expected = resultOf(model, scene, attempted.step);
            expect(results).toEqual(results.map(() => expected));
          }
          await expectBalances(scene, model);
        }),
        parameters,
      );
      expect(await audit(fixture.database)).toEqual([]);
      reportFigure(`${steps} steps one after the other`);
    },
    timeoutMs,
  );

  it(
    'agree on balances after concurrent callers with crashes and repeats',
    async () => {
      const allClients = fc.array(fc.array(anyAttempt(REQUESTS), { minLength: 4, maxLength: 15 }), {
        minLength: CLIENTS,
        maxLength: CLIENTS,
      });
      let steps = 0;
      await fc.assert(
        fc.asyncProperty(allClients, async (clients) => {
          steps += clients.flat().length;
          const { scene, model } = await openScene(fixture, REQUESTS);
          const received = await Promise.all(
            clients.map(async (attempts) => {
              const results: Received[] = [];
              for (const attempted of attempts) {
                for (const result of await attempt(scene, attempted)) results.push({ ...attempted, result });
              }
              return results;
            }),
          );
          applyReceived(model, received.flat());
          await expectBalances(scene, model);
        }),
        parameters,
      );
      expect(await audit(fixture.database)).toEqual([]);
      reportFigure(`${steps} steps of ${CLIENTS} concurrent callers`);
    },
    timeoutMs,
  );
});

interface Received extends Attempted {
  readonly result: string;
}

/** The order of concurrent steps is unknown; the acknowledged results determine the final state of every generation. */
function applyReceived(model: LedgerModel, received: readonly Received[]): void {
  const paid = received.flatMap(({ step, result }) => (step.do === 'topup' && result === 'posted' ? [step] : []));
  const paidTwice = paid.filter((step) => model.topup(step) !== 'posted');
  expect(paidTwice).toEqual([]);
  for (const [index, input] of model.requests.entries()) {
    const results = received.filter(({ step }) => step.do !== 'topup' && step.input === index);
    const finalStatuses = new Set(results.flatMap(finalStatusIn));
    expect(finalStatuses.size, 'all callers got the same final status').toBeLessThanOrEqual(1);
    const [finalStatus] = finalStatuses;
    const held = finalStatus === 'completed' || results.some(({ result }) => /^admitted$|with credits$/.test(result));
    if (held) model.dayCount += 1;
    if (held && finalStatus === undefined) {
      model.held += input.price;
      model.unfinished += 1;
    }
    const refunded = results.some(({ result }) => result === 'refunded');
    if (finalStatus === 'completed' && !refunded) model.posted -= input.price;
    input.status = finalStatus ?? (held ? 'pending' : 'requested');
  }
}

function finalStatusIn({ step, result }: Received): ('completed' | 'failed' | 'cancelled')[] {
  if (result.startsWith('released') && step.do === 'release') return [step.status];
  if (result === 'recorded' || result === 'refunded') return ['completed'];
  return (['completed', 'failed', 'cancelled'] as const).filter((status) => result.endsWith(` ${status}`));
}
