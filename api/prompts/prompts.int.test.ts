import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { insertGeneration } from '#drizzle/queries/generations/generations.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar, aGenerationRequest } from '#tests/support/database/world.ts';

const api = testApi();
const REQUEST = { sourceType: 'text_to_image', prompt: 'a tavern keeper' } as const;

type TestUser = Awaited<ReturnType<typeof api.user>>;

/** Stores an avatar with this prompt, without generating it. */
async function avatarFrom(user: TestUser, prompt: string, uses = 0): Promise<string> {
  const { database } = api.fixture;
  const { accountId, projectId } = user;
  const tenant = { account: { id: accountId, tier: 'free' }, projectId } as Parameters<typeof aGenerationRequest>[0];
  const generationInput = aGenerationRequest(tenant, {
    request: { sourceType: 'text_to_image', prompt },
    price: 1,
    id: randomUUID(),
  });
  await insertGeneration(database, generationInput);
  await reserve(database, { generationId: generationInput.id, deadlineMs: 60_000 });
  const avatar = anAvatar(accountId, { name: 'Ada', persona: {}, prompt: `${prompt}. Head and shoulders.` });
  await record(database, generationInput.id, avatar);
  await api.fixture.owner.query('UPDATE avatars SET usage_count = $2 WHERE id = $1', [avatar.id, uses]);
  return avatar.id;
}

const suggest = async ({ token }: TestUser, body: object) =>
  (await api.client.ok('suggestPrompts', { token, body })).body.suggestions;

describe('POST /prompts/preview', () => {
  it('returns the prompt, price and plan that the same request gets, and stores nothing', async () => {
    const { token, projectId } = await api.user();
    const createBody = {
      ...REQUEST,
      style: 'noir',
      persona: { name: 'Ada', personality: ['calm'] },
      options: { seed: 7 },
    } as const;
    const { body: preview } = await api.client.ok('previewPrompt', { token, body: createBody });
    expect(preview.parts.map(({ from }) => from)).toEqual(['name', 'text', 'mood', 'style', 'framing', 'quality']);
    expect(preview).toMatchObject({ price: 10, seed: 7, negativePrompt: null });
    expect(preview.plan[0]).toEqual({
      provider: 'replicate',
      model: 'FLUX.1 [dev]',
      costUsd: 0.025,
      typicalSeconds: 3,
      limit: null,
    });
    expect((await api.client.ok('listGenerations', { token })).body.meta.total).toBe(0);
    const { body: generation } = await api.client.ok('createGeneration', { token, id: projectId, body: createBody });
    const [row] = (
      await api.fixture.owner.query('SELECT built_prompt, price, plan FROM avatar_generations WHERE id = $1', [
        generation.id,
      ])
    ).rows as [{ built_prompt: string; price: number; plan: unknown[] }];
    expect(row.built_prompt).toBe(preview.prompt);
    expect(row.price).toBe(preview.price);
    expect(row.plan).toHaveLength(preview.plan.length);
  });

  it('answers 404 for a missing preset, and plans by quality', async () => {
    const { token } = await api.user();
    const bad = { sourceType: 'from_preset', presetId: '99999999-9999-4999-8999-999999999999' } as const;
    expect((await api.client.problem('previewPrompt', { token, body: bad })).body.code).toBe('not_found');
    const { body } = await api.client.ok('previewPrompt', {
      token,
      body: { ...REQUEST, options: { quality: 'high', optimizeFor: 'quality' } },
    });
    expect(body.plan[0]?.model).toBe('FLUX1.1 [pro]');
  });
});

describe('POST /prompts/suggest', () => {
  it('suggests prompts of the account’s own avatars, the most used first, each once', async () => {
    const [user, other] = [await api.user(), await api.user()];
    await avatarFrom(user, 'a lighthouse keeper in a yellow coat');
    await avatarFrom(user, 'A lighthouse keeper in a yellow coat', 2);
    await avatarFrom(user, 'a lighthouse at night, nobody home', 9);
    await avatarFrom(other, 'a lighthouse keeper of mine');
    const found = (await suggest(user, { text: 'a lighthouse k' })).filter(({ from }) => from === 'history');
    expect(found[0]).toMatchObject({ prompt: 'A lighthouse keeper in a yellow coat' });
    expect(found.map(({ prompt }) => prompt.toLowerCase())).toHaveLength(
      new Set(found.map((one) => one.prompt.toLowerCase())).size,
    );
    expect(found.some(({ prompt }) => prompt.includes('of mine'))).toBe(false);
    const best = await suggest(user, {});
    expect(best[0]).toMatchObject({
      prompt: 'a lighthouse at night, nobody home',
      reason: expect.stringContaining('9 times'),
    });
    await avatarFrom(user, 'a tram driver', 1);
    expect((await suggest(user, { text: 'a tram d' }))[0]?.reason).toMatch(/ 1 time$/);
  });

  it('does not suggest prompts of avatars in the trash', async () => {
    const user = await api.user();
    const id = await avatarFrom(user, 'a wolf tamer in the snow');
    const all = async () => (await suggest(user, { text: 'a wolf t' })).map(({ prompt }) => prompt);
    expect(await all()).toContain('a wolf tamer in the snow');
    await api.fixture.owner.query('UPDATE avatars SET trashed_at = now() WHERE id = $1', [id]);
    expect(await all()).not.toContain('a wolf tamer in the snow');
  });

  it('treats the text literally, not as a pattern', async () => {
    const user = await api.user();
    await avatarFrom(user, 'a smith, 100% iron');
    const typed = async (text: string) => (await suggest(user, { text })).filter(({ from }) => from === 'history');
    expect(await typed('100% i')).toHaveLength(1);
    expect(await typed('%')).toHaveLength(1);
    expect(await typed("_%'; DROP TABLE")).toEqual([]);
  });

  it('completes from the lexicon', async () => {
    const user = await api.user();
    const found = await suggest(user, { text: 'a smith, rim', style: 'noir' });
    expect(found[0]).toMatchObject({ prompt: 'a smith, rim light against a dark background', from: 'lexicon' });
    expect(found.length).toBeLessThanOrEqual(10);
  });
});

describe('POST /prompts/enhance', () => {
  it('lists what was added, and adds nothing the second time', async () => {
    const { token } = await api.user();
    const { body } = await api.client.ok('enhancePrompt', { token, body: { prompt: 'a smith' } });
    expect(body.changes.map(({ kind }) => kind)).toEqual(['framing', 'light', 'medium', 'mood']);
    const again = await api.client.ok('enhancePrompt', { token, body: { prompt: body.prompt } });
    expect(again.body).toEqual({ prompt: body.prompt, changes: [] });
  });

  it('refuses an empty prompt', async () => {
    const { token } = await api.user();
    const { body } = await api.client.problem('enhancePrompt', { token, body: { prompt: '  ' } });
    expect(body.code).toBe('validation_failed');
  });
});
