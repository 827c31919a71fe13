import { describe, expect, it } from 'vitest';
import { testApi } from '../../tests/api/test-api.ts';

const LIMIT = 6;
const studio = testApi({ requestsPerMinute: LIMIT });

describe('the rate limit', () => {
  it('says on each answer what is left, and refuses what is beyond, for one person alone', async () => {
    const [person, other] = [await studio.person(), await studio.person()];
    const left = [];
    // Two requests were made for them already.
    for (let count = 2; count < LIMIT; count += 1) {
      const { headers } = await studio.client.ok('readCredits', { token: person.token });
      left.push(headers.get('RateLimit'));
      expect(headers.get('RateLimit-Policy')).toBe('"default";q=6;w=60');
    }
    expect(left.map((header) => /r=(\d+)/.exec(header ?? '')?.[1])).toEqual(['3', '2', '1', '0']);
    const { body, headers } = await studio.client.problem('readCredits', { token: person.token });
    expect(body).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await studio.client.ok('readCredits', { token: other.token })).status).toBe(200);
  });

  it('gives services more room, since they speak for many', async () => {
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['avatars:read'] });
    const { headers } = await studio.client.ok('readCredits', { token });
    expect(headers.get('RateLimit-Policy')).toBe('"default";q=60;w=60');
  });
});
