import { describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { testApi } from '#tests/api/test-api.ts';
import about from '../../package.json' with { type: 'json' };

const studio = testApi();

describe('GET /plugin', () => {
  it('returns the running version, the current prices and every scope', async () => {
    const { token } = await studio.user({ tier: 'plus' });
    const { body } = await studio.client.ok('readPlugin');
    expect(body).toMatchObject({ id: 'avatar-studio', version: about.version });
    expect(body.credits.prices).toEqual((await studio.client.ok('readPrices', { token })).body);
    const { body: credits } = await studio.client.ok('readCredits', { token });
    expect(body.credits.starter.plus).toBe(credits.available);
    expect(body.access.scopes.map(({ scope }) => scope).toSorted()).toEqual([...SCOPES].toSorted());
  });

  it('names URLs that exist, and figures that can be read', async () => {
    const { token } = await studio.user();
    const { body } = await studio.client.ok('readPlugin');
    for (const path of [body.routes.openapi, body.routes.docs, body.routes.health]) {
      expect({ path, status: (await fetch(studio.address + path)).status }).toEqual({ path, status: 200 });
    }
    for (const { read, field } of body.dashboardCard.figures) {
      const answer = await fetch(studio.address + read, { headers: { Authorization: `Bearer ${token}` } });
      const value = field
        .split('.')
        .reduce<unknown>((of, name) => (of as Record<string, unknown>)[name], await answer.json());
      expect({ field, type: typeof value }).toEqual({ field, type: 'number' });
    }
    expect((await fetch(studio.address + body.credits.topups, { method: 'POST' })).status).toBe(401);
  });

  it('is public, and answers 304 to a client that has it', async () => {
    const first = await studio.client.raw('readPlugin');
    // fetch would add no-cache, which forbids 304.
    const headers = { 'If-None-Match': first.headers.get('ETag')!, 'Cache-Control': 'max-age=0' };
    expect((await studio.client.raw('readPlugin', { headers })).status).toBe(304);
  });
});
