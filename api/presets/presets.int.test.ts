import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { OWN_PRESETS_MAX } from '#domain/prompt/preset.ts';
import { record } from '#drizzle/ledger/record.ts';
import { seed } from '#drizzle/seed.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
beforeAll(() => seed(studio.fixture.urls.ownerUrl));

const BARD = { name: 'Bard', category: 'Musicians', prompt: 'a bard with a lute' };

describe('GET /presets', () => {
  it('lists the gallery in its order, page by page', async () => {
    const { token } = await studio.user();
    const all = await studio.client.ok('listPresets', { token, query: { limit: '100' } });
    expect(all.body.meta).toMatchObject({ total: 24, hasMore: false });
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '10', ...(cursor && { cursor }) };
      const { body } = await studio.client.ok('listPresets', { token, query });
      ids.push(...body.data.map(({ id }) => id));
      cursor = body.meta.nextCursor;
    } while (cursor !== null);
    expect(ids).toEqual(all.body.data.map(({ id }) => id));
  });

  it('filters by category and name, and returns what GET /presets/:id returns', async () => {
    const { token } = await studio.user();
    const { body } = await studio.client.ok('listPresets', { token });
    const [first] = body.data;
    const byCategory = await studio.client.ok('listPresets', { token, query: { category: first!.category } });
    expect(byCategory.body.data.every(({ category }) => category === first!.category)).toBe(true);
    const byName = await studio.client.ok('listPresets', { token, query: { q: first!.name.toLowerCase() } });
    expect(byName.body.data.map(({ id }) => id)).toContain(first!.id);
    expect((await studio.client.ok('readPreset', { token, id: first!.id })).body).toEqual(first);
  });

  it.each(['[1,2]', '[4294967296,"01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f"]', '{}'])(
    'refuses the cursor %s',
    async (position) => {
      const { token } = await studio.user();
      const query = { cursor: Buffer.from(position).toString('base64url') };
      const { body } = await studio.client.problem('listPresets', { token, query });
      expect(body.errors?.[0]?.path).toBe('cursor');
    },
  );

  it('accepts any search text without NUL', async () => {
    const { token } = await studio.user();
    const find = (q: string) => studio.client.raw('listPresets', { token, query: { q } });
    for (const q of ['', '%', '_', 'back\\slash', "'", '🦊']) expect((await find(q)).status).toBe(200);
    expect((await find('a\u0000b')).status).toBe(400);
  });
});

describe('own presets', () => {
  it('are listed before the gallery, and changed and deleted by their account alone', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const { token } = user;
    const body = { ...BARD, personaTemplate: { name: 'Perrin', age: 34 }, attributes: { style: 'fantasy' as const } };
    const created = await studio.client.ok('createPreset', { token, body });
    expect(created).toMatchObject({ status: 201, body: { ...body, own: true, usageCount: 0, previewImageUrl: null } });
    expect(created.headers.get('Location')).toBe(`/api/v1/presets/${created.body.id}`);
    const { id } = created.body;
    const newer = await studio.client.ok('createPreset', { token, body: { name: 'Second', prompt: 'x' } });
    const { body: list } = await studio.client.ok('listPresets', { token, query: { limit: '3' } });
    expect(list.data.map((preset) => preset.id).slice(0, 2)).toEqual([newer.body.id, id]);
    expect(list.data[2]!.own).toBe(false);
    expect(list.meta).toMatchObject({ total: 26, hasMore: true });

    const changed = await studio.client.ok('updatePreset', { token, id, body: { name: 'Court bard', attributes: {} } });
    expect(changed.body).toMatchObject({ name: 'Court bard', attributes: {}, personaTemplate: { name: 'Perrin' } });

    const missing = await studio.client.problem('readPreset', { token: other.token, id: randomUUID() });
    for (const [name, request] of [
      ['readPreset', {}],
      ['updatePreset', { body: { name: 'Taken over' } }],
      ['deletePreset', {}],
    ] as const) {
      const answer = await studio.client.problem(name, { token: other.token, id, ...request });
      expect({ ...answer.body, instance: '', requestId: '' }).toEqual({ ...missing.body, instance: '', requestId: '' });
    }
    expect((await studio.client.raw('deletePreset', { token, id })).status).toBe(204);
    expect((await studio.client.raw('deletePreset', { token, id })).status).toBe(404);
  });

  it('do not include public presets, which nobody can change or delete', async () => {
    const { token } = await studio.user({ role: 'admin' });
    const { body } = await studio.client.ok('listPresets', { token });
    const { id } = body.data[0]!;
    expect((await studio.client.problem('deletePreset', { token, id })).status).toBe(403);
    expect((await studio.client.problem('updatePreset', { token, id, body: { name: 'Mine' } })).status).toBe(403);
  });

  it('are listed together with the public ones without gaps or duplicates, while new ones are saved', async () => {
    const { token } = await studio.user();
    for (const name of ['one', 'two', 'three']) {
      await studio.client.ok('createPreset', { token, body: { ...BARD, name } });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '2', ...(cursor && { cursor }) };
      const { body } = await studio.client.ok('listPresets', { token, query });
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.meta.nextCursor;
      await studio.client.ok('createPreset', { token, body: { ...BARD, name: 'later' } });
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(27);
    expect(seen).toHaveLength(27);
  });

  it('are saved from an avatar with its prompt, persona, attributes, and its image until it is deleted', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const { token, projectId, accountId } = user;
    const generation = await studio.client.ok('createGeneration', {
      token,
      id: projectId,
      body: { sourceType: 'text_to_image', prompt: 'a smith' },
    });
    const avatar = anAvatar(accountId);
    await record(studio.fixture.database, generation.body.id, avatar);
    const body = { name: 'Smith', avatarId: avatar.id };
    expect((await studio.client.problem('createPreset', { token: other.token, body })).body).toMatchObject({
      status: 404,
      errors: [{ path: 'avatarId' }],
    });
    const { body: preset } = await studio.client.ok('createPreset', { token, body });
    expect(preset).toMatchObject({
      prompt: 'a smith',
      personaTemplate: avatar.persona,
      attributes: { style: 'fantasy' },
    });
    expect(preset.previewImageUrl).toContain(avatar.id);
    await studio.fixture.owner.query('DELETE FROM avatars WHERE id = $1', [avatar.id]);
    const later = await studio.client.ok('readPreset', { token, id: preset.id });
    expect(later.body).toEqual({ ...preset, previewImageUrl: null });
  });

  it('are saved once per key, also when the preset was changed since', async () => {
    const { token } = await studio.user();
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await studio.client.ok('createPreset', { token, body: BARD, headers });
    await studio.client.ok('updatePreset', { token, id: first.body.id, body: { name: 'Other' } });
    const again = await studio.client.ok('createPreset', { token, body: BARD, headers });
    expect(again.body).toMatchObject({ id: first.body.id, name: 'Other' });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    const changed = { ...BARD, prompt: 'something else' };
    const mismatch = await studio.client.problem('createPreset', { token, body: changed, headers });
    expect(mismatch.body.code).toBe('idempotency_mismatch');
  });

  it('are limited in number', async () => {
    const { token, accountId } = await studio.user();
    await studio.fixture.owner.query(
      `INSERT INTO avatar_presets (account_id, category, name, prompt) SELECT $1, 'c', 'n', 'p' FROM generate_series(1, ${OWN_PRESETS_MAX})`,
      [accountId],
    );
    const { body } = await studio.client.problem('createPreset', { token, body: BARD });
    expect(body).toMatchObject({ code: 'conflict', detail: expect.stringContaining(String(OWN_PRESETS_MAX)) });
  });

  it.each([
    ['neither a prompt nor an avatar', { name: 'x' }, 'prompt'],
    ['a name of blanks', { ...BARD, name: '  ' }, 'name'],
    ['a prompt of 1001 characters', { ...BARD, prompt: 'x'.repeat(1001) }, 'prompt'],
    ['an unknown field', { ...BARD, usageCount: 9 }, 'usageCount'],
    ['an age under 18', { ...BARD, personaTemplate: { age: 9 } }, 'personaTemplate.age'],
  ])('are refused with %s', async (_what, body, path) => {
    const { token } = await studio.user();
    const answer = await studio.client.problem('createPreset', { token, body });
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ path }] });
  });

  it('cannot be changed by an empty body', async () => {
    const { token } = await studio.user();
    const { id } = (await studio.client.ok('createPreset', { token, body: BARD })).body;
    expect((await studio.client.problem('updatePreset', { token, id, body: {} })).status).toBe(400);
  });
});
