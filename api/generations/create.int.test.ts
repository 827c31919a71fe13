import { describe, expect, it } from 'vitest';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { testApi } from '#tests/api/test-api.ts';
import { uniqueSuffix } from '#tests/support/stack.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a baker with a red scarf' } as const;

/** Inserts a public preset. */
async function insertPreset(): Promise<string> {
  const { rows } = await studio.fixture.owner.query<{ id: string }>(
    `INSERT INTO avatar_presets (category, name, prompt, persona_template, attributes)
     VALUES ('Fantasy', 'Ranger', 'A ranger at dusk', '{"age": 40, "background": "walks the border"}', '{"style": "fantasy", "hairStyle": "long"}')
     RETURNING id`,
  );
  return rows[0]!.id;
}

describe('POST /projects/:id/generations', () => {
  it('answers 202 with a pending generation, holds its price, and lists it', async () => {
    const { token, projectId } = await studio.user();
    const { status, body, headers } = await studio.client.ok('createGeneration', { token, id: projectId, body: BODY });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'pending', price: 10, prompt: BODY.prompt, projectId, priority: 4 });
    expect(body.queue?.position).toBeGreaterThan(0);
    expect(headers.get('Location')).toBe(`/api/v1/generations/${body.id}`);
    expect(headers.get('Idempotent-Replayed')).toBeNull();
    const credits = await studio.client.ok('readCredits', { token });
    expect(credits.body).toEqual({ posted: 100, held: 10, available: 90 });
    // The reply is made of the inserted row and the outcome of its admission; only the position may have moved.
    const { queue: _queue, ...replied } = body;
    expect((await studio.client.ok('readGeneration', { token, id: body.id })).body).toMatchObject(replied);
    const list = await studio.client.ok('listGenerations', { token, query: { projectId, unfinished: 'true' } });
    expect(list.body.data.map(({ id }) => id)).toEqual([body.id]);
  });

  it('chooses a seed, or uses the requested one', async () => {
    const { token, projectId, accountId } = await studio.user();
    const start = (body: object) => studio.client.ok('createGeneration', { token, id: projectId, body: { ...body } });
    const [one, other] = [await start(BODY), await start(BODY)];
    expect(one.body.seed).not.toBe(other.body.seed);
    const seeded = await start({ ...BODY, options: { seed: 4_294_967_295 } });
    const row = await readGeneration(studio.fixture.database, seeded.body.id);
    expect(row).toMatchObject({ accountId, seed: 4_294_967_295 });
  });

  it('fills omitted fields from the preset, at the price of a preset', async () => {
    const { token, projectId } = await studio.user();
    const presetId = await insertPreset();
    const body = {
      sourceType: 'from_preset',
      presetId,
      persona: { age: 52 },
      attributes: { hairColor: 'silver' },
    } as const;
    const started = await studio.client.ok('createGeneration', { token, id: projectId, body });
    expect(started.body).toMatchObject({ price: 8, prompt: 'A ranger at dusk', style: 'fantasy', name: 'Ranger' });
    const row = await readGeneration(studio.fixture.database, started.body.id);
    expect(row?.request).toMatchObject({
      presetId,
      persona: { age: 52, background: 'walks the border' },
      attributes: { hairColor: 'silver', hairStyle: 'long', style: 'fantasy' },
    });
    expect(row?.builtPrompt).toBe('A ranger at dusk. Silver long hair.');
  });

  it.each([
    ['no prompt', { sourceType: 'text_to_image' }, 'prompt'],
    ['an empty prompt', { ...BODY, prompt: '   ' }, 'prompt'],
    ['a prompt that is too long', { ...BODY, prompt: 'x'.repeat(1001) }, 'prompt'],
    ['a preset without its id', { sourceType: 'from_preset' }, 'presetId'],
    ['an unknown field', { ...BODY, admin: true }, 'admin'],
    ['an unknown field deep inside', { ...BODY, options: { seeds: 1 } }, 'options.seeds'],
    ['the source type upload', { sourceType: 'upload' }, 'sourceType'],
    ['an age under 18', { ...BODY, persona: { age: 17 } }, 'persona.age'],
  ])('refuses a body with %s and names the path', async (_what, body, path) => {
    const { token, projectId } = await studio.user();
    const answer = await studio.client.problem('createGeneration', { token, id: projectId, body });
    expect(answer.body.code).toBe('validation_failed');
    expect(answer.body.errors?.map((error) => error.path)).toContain(path);
    expect((await studio.client.ok('listGenerations', { token })).body.data).toEqual([]);
  });

  it.each([
    [
      'an unknown preset',
      { sourceType: 'from_preset', presetId: '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f' },
      { code: 'not_found', errors: [{ path: 'presetId' }] },
    ],
    [
      'a provider that is not configured',
      { ...BODY, options: { provider: 'sd', allowFallback: false } },
      { code: 'conflict', errors: [{ path: 'options.provider' }] },
    ],
  ])('names the field at fault: %s', async (_what, body, problem) => {
    const { token, projectId } = await studio.user();
    const answer = await studio.client.problem('createGeneration', { token, id: projectId, body });
    expect(answer.body).toMatchObject(problem);
    expect((await studio.client.ok('listGenerations', { token })).body.data).toEqual([]);
  });

  it('answers 404 for a project or a preset of another account', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const answer = await studio.client.problem('createGeneration', {
      token: user.token,
      id: other.projectId,
      body: BODY,
    });
    expect(answer.body.code).toBe('not_found');
    const presetId = await insertPreset();
    await studio.fixture.owner.query('UPDATE avatar_presets SET account_id = $1 WHERE id = $2', [
      other.accountId,
      presetId,
    ]);
    const body = { sourceType: 'from_preset', presetId } as const;
    const { status } = await studio.client.problem('createGeneration', { token: user.token, id: user.projectId, body });
    expect(status).toBe(404);
  });

  it('sets the priority by tier', async () => {
    const priorities = [];
    for (const tier of ['free', 'plus', 'pro'] as const) {
      const { token, projectId } = await studio.user({ tier });
      const { body } = await studio.client.ok('createGeneration', { token, id: projectId, body: BODY });
      priorities.push(body.priority);
    }
    expect(priorities).toEqual([4, 3, 2]);
  });

  it('logs ids, but no prompt, name or token', async () => {
    const { token, projectId, accountId } = await studio.user();
    const secret = `secret-${uniqueSuffix()}`;
    const body = { ...BODY, prompt: secret, name: secret, persona: { name: secret } };
    const started = await studio.client.ok('createGeneration', { token, id: projectId, body });
    await studio.client.raw('listProjectAvatars', { token, id: projectId, query: { q: secret } });
    const log = studio.logged.join('');
    expect(log).not.toContain(secret);
    expect(log).not.toContain(token);
    const logEntry = studio.logged
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ generationId }) => generationId === started.body.id);
    expect(logEntry).toMatchObject({
      accountId,
      workflowId: `generation-${started.body.id}`,
      route: '/projects/:id/generations',
    });
    expect(logEntry?.['requestId']).toBe(started.headers.get('X-Request-Id'));
  });
});
