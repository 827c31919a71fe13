import { beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../../drizzle/seed.ts';
import { testApi } from '../../tests/api/test-api.ts';

const studio = testApi();
beforeAll(() => seed(studio.fixture.urls.ownerUrl));

describe('presets', () => {
  it('are listed in gallery order, page by page', async () => {
    const { token } = await studio.person();
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

  it('are found by category and by name, and read one by one', async () => {
    const { token } = await studio.person();
    const { body } = await studio.client.ok('listPresets', { token });
    const [first] = body.data;
    const byCategory = await studio.client.ok('listPresets', { token, query: { category: first!.category } });
    expect(byCategory.body.data.every(({ category }) => category === first!.category)).toBe(true);
    const byName = await studio.client.ok('listPresets', { token, query: { q: first!.name.toLowerCase() } });
    expect(byName.body.data.map(({ id }) => id)).toContain(first!.id);
    expect((await studio.client.ok('readPreset', { token, id: first!.id })).body).toEqual(first);
  });

  it.each(['[1,2]', '[4294967296,"01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f"]', '{}'])(
    'do not take %s for a cursor',
    async (position) => {
      const { token } = await studio.person();
      const query = { cursor: Buffer.from(position).toString('base64url') };
      const { body } = await studio.client.problem('listPresets', { token, query });
      expect(body.errors?.[0]?.path).toBe('cursor');
    },
  );

  it('are looked for by anything that people may type', async () => {
    const { token } = await studio.person();
    const find = (q: string) => studio.client.raw('listPresets', { token, query: { q } });
    for (const q of ['', '%', '_', 'back\\slash', "'", '🦊']) expect((await find(q)).status).toBe(200);
    expect((await find('a\u0000b')).status).toBe(400);
  });
});
