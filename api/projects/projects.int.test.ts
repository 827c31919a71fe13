import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

describe('POST /projects', () => {
  it('creates a project with normalized text', async () => {
    const { token } = await studio.user();
    const body = { name: '  Cafe\u0301 staff ', description: ' two\nlines ' };
    const created = await studio.client.ok('createProject', { token, body });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ name: 'Café staff', description: 'two\nlines', avatarCount: 0, covers: [] });
    expect(created.headers.get('Location')).toBe(`/api/v1/projects/${created.body.id}`);
    const read = await studio.client.ok('readProject', { token, id: created.body.id });
    expect(read.body).toEqual(created.body);
  });

  it('creates one project per idempotency key', async () => {
    const { token } = await studio.user();
    const headers = { 'Idempotency-Key': 'k' };
    const create = () => studio.client.ok('createProject', { token, body: { name: 'Once' }, headers });
    const answers = await Promise.all(Array.from({ length: 10 }, create));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const replays = answers.filter((answer) => answer.headers.get('Idempotent-Replayed') === 'true');
    expect(replays).toHaveLength(9);
    const other = await studio.client.problem('createProject', { token, body: { name: 'Twice' }, headers });
    expect(other.body.code).toBe('idempotency_mismatch');
  });
});

describe('GET /projects', () => {
  it('lists projects newest first, page by page, without gaps while new ones appear', async () => {
    const { token, projectId } = await studio.user();
    const ids = [projectId];
    const create = async (name: string) => (await studio.client.ok('createProject', { token, body: { name } })).body.id;
    for (let count = 0; count < 6; count += 1) ids.unshift(await create(`P${count}`));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '3', ...(cursor && { cursor }) };
      const { body } = await studio.client.ok('listProjects', { token, query });
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.meta.nextCursor;
      expect(body.meta.hasMore).toBe(cursor !== null);
      await create('later');
    } while (cursor !== null);
    expect(seen).toEqual(ids);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'many'],
    ['cursor', 'not-a-cursor'],
    ['cursor', Buffer.from('[8640000000000000,"01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f"]').toString('base64url')],
    ['cursor', Buffer.from('[null,"x"]').toString('base64url')],
    ['sort', 'name'],
  ])('refuses %s=%s', async (key, value) => {
    const { token } = await studio.user();
    const { body } = await studio.client.problem('listProjects', { token, query: { [key]: value } });
    expect(body.errors?.[0]?.path).toBe(key);
  });

  it.each([
    [{ name: '' }],
    [{ name: 'x'.repeat(101) }],
    [{ name: 'a\u0000b' }],
    [{ name: 'ok', description: 'x'.repeat(501) }],
    [{ name: 'ok', color: 'red' }],
    [{}],
    [[]],
  ])('refuses to create a project from %j', async (body) => {
    const { token } = await studio.user();
    const { status } = await studio.client.problem('createProject', { token, body: body as Record<string, unknown> });
    expect(status).toBe(400);
  });

  it('answers 304 for a single project that is unchanged', async () => {
    const { token, projectId } = await studio.user();
    const first = await studio.client.raw('readProject', { token, id: projectId });
    const headers = { Authorization: `Bearer ${token}`, 'If-None-Match': first.headers.get('ETag') ?? '' };
    // Node's fetch adds no-cache to such a request, which forbids 304; a browser's cache does not.
    const status = await new Promise((resolve) => {
      get(first.url, { headers }, (second) => resolve(second.resume().statusCode));
    });
    expect(status).toBe(304);
    expect(first.headers.get('Cache-Control')).toContain('private');
  });
});

describe('a request body', () => {
  const post = async (body: string, type: string) => {
    const { token } = await studio.user();
    return fetch(`${studio.address}/api/v1/projects`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body,
    });
  };

  it.each([
    ['is not JSON', '{"name":', 'application/json', 400],
    ['is a string', '"name"', 'application/json', 400],
    ['is too large', JSON.stringify({ name: 'x', description: 'y'.repeat(70_000) }), 'application/json', 413],
    ['is a form', 'name=x', 'application/x-www-form-urlencoded', 415],
    ['has an unknown charset', '{"name":"x"}', 'application/json; charset=klingon', 415],
    ['is missing', '', 'application/json', 400],
  ])('that %s is answered with a problem', async (_what, body, type, status) => {
    const response = await post(body, type);
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  });
});
