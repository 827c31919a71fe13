import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COOL_DOWNS } from '#domain/moderation/abuse.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const body = { sourceType: 'text_to_image' as const, prompt: 'a lighthouse keeper' };
const { strikes, coolDownMs } = COOL_DOWNS.unpaid;

describe('generation requests without credits', () => {
  it('get 402 for a while, then 429 from every instance until a top-up', async () => {
    const { token, projectId, accountId } = await studio.user();
    const { fixture } = studio;
    for (let spent = 0; spent < 10; spent += 1)
      await studio.client.ok('createGeneration', { token, id: projectId, body });

    const headers = { 'Idempotency-Key': randomUUID() };
    const request = { token, id: projectId, body };
    for (let n = 0; n < strikes; n += 1) {
      // A repeated request counts like a new one.
      const answer = await studio.client.problem('createGeneration', { ...request, ...(n % 2 === 0 && { headers }) });
      expect(answer.status).toBe(402);
    }
    const other = await studio.startInstance();
    for (const refused of [
      await studio.client.problem('createGeneration', request),
      await studio.client.problem('createGeneration', { ...request, headers }),
      await other.client.problem('createGeneration', request),
    ]) {
      expect(refused.body.code).toBe('rate_limited');
      const seconds = Number(refused.headers.get('Retry-After'));
      expect(seconds).toBeGreaterThan(0);
      // A second more than the cool-down: the clock may have been set back in between.
      expect(seconds).toBeLessThanOrEqual(coolDownMs / 1000 + 1);
    }
    expect((await studio.client.raw('listGenerations', { token })).status).toBe(200);
    await topup(fixture.database, { accountId, amount: 50, reference: 'paid' });
    expect((await other.client.raw('createGeneration', { ...request, headers })).status).toBe(202);
  });
});
