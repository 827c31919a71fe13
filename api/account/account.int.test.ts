import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { eraseAccount, eraseRows } from '#drizzle/queries/accounts/erasure.ts';
import { createProject } from '#drizzle/queries/avatars/projects.ts';
import { readEvents } from '#tests/api/event-reader.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import { unzip } from '#tests/support/unzip.ts';

const studio = testApi({ requestsPerMinute: 50, uploadsPerMinute: 7 });
const BODY = { sourceType: 'text_to_image' as const, prompt: 'a smith at the forge' };

/** Returns a token that was issued at least a second after the erasure. */
async function signInAgain(subject: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return studio.tokens.forUser({ sub: subject, tier: 'free', name: 'Again' });
}

/** How many connections wait for a lock of the owner's open transaction. */
async function countWaiting(): Promise<number> {
  const { rows } = await studio.fixture.owner.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
  );
  return rows[0]!.count;
}

describe('GET /me', () => {
  it('returns the profile with every limit and what remains of it', async () => {
    const { token, projectId, accountId } = await studio.user();
    await studio.client.ok('createGeneration', { token, id: projectId, body: BODY });
    const { body, headers } = await studio.client.ok('readProfile', { token });
    expect(body).toEqual({
      accountId,
      name: 'Test Person',
      tier: 'free',
      role: 'user',
      defaults: {},
      providers: ['replicate', 'illustrator'],
      starterCredits: null,
      limits: {
        dailyGenerations: 50,
        dailyGenerationsLeft: 49,
        dailyLimitResetsAt: expect.stringMatching(/T00:00:00.000Z$/),
        hourlyGenerations: 40,
        hourlyGenerationsLeft: 39,
        hourlyLimitResetsAt: expect.stringMatching(/:00:00.000Z$/),
        unfinishedGenerations: 20,
        unfinishedGenerationsLeft: 19,
        requestsPerMinute: 50,
        requestsLeft: 46,
        uploadsPerMinute: 7,
        uploadsLeft: 7,
      },
    });
    expect(headers.get('RateLimit')).toContain(`r=${body.limits.requestsLeft};`);
  });
});

describe('PATCH /me', () => {
  it('replaces the defaults, which are exported and erased with the account', async () => {
    const { token, accountId } = await studio.user();
    const change = async (body: Record<string, unknown>) =>
      (await studio.client.ok('updateProfile', { token, body })).body;
    const defaults = { style: 'noir', quality: 'high', optimizeFor: 'cost', provider: 'illustrator', count: 4 };
    expect((await change({ defaults })).defaults).toEqual(defaults);
    expect((await change({})).defaults).toEqual(defaults);
    const { body: profile } = await studio.client.ok('readProfile', { token });
    expect(profile.defaults).toEqual(defaults);
    const archive = await studio.client.raw('exportProfile', { token });
    const files = await unzip(Buffer.from(await archive.arrayBuffer()));
    expect(JSON.parse(String(files.get('profile.json')))).toMatchObject({ accountId, defaults });
    expect((await change({ defaults: { count: 2 } })).defaults).toEqual({ count: 2 });
    expect((await studio.client.problem('updateProfile', { token, body: { defaults: { count: 9 } } })).status).toBe(
      400,
    );
    await studio.client.raw('eraseProfile', { token });
    const { rows } = await studio.fixture.owner.query('SELECT defaults FROM accounts WHERE id = $1', [accountId]);
    expect(rows).toEqual([{ defaults: {} }]);
  });

  it('is forbidden to services', async () => {
    const { subject } = await studio.user();
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['generations:write'] });
    const headers = { 'X-On-Behalf-Of': subject };
    expect((await studio.client.problem('updateProfile', { token, headers, body: {} })).body.code).toBe('forbidden');
  });
});

describe('DELETE /me', () => {
  it('invalidates earlier tokens on every instance; a new token opens an empty account without starter credits', async () => {
    const other = await studio.startInstance();
    const { token, subject, accountId, projectId } = await studio.user();
    await other.client.ok('readProject', { token, id: projectId });
    expect((await studio.client.raw('eraseProfile', { token })).status).toBe(204);
    for (const name of ['readProfile', 'listProjects', 'eraseProfile'] as const) {
      expect((await studio.client.problem(name, { token })).body.code).toBe('unauthorized');
    }
    await expect.poll(async () => (await other.client.raw('readProfile', { token })).status).toBe(401);

    const again = await signInAgain(subject);
    const { body: profile } = await other.client.ok('readProfile', { token: again });
    expect(profile.accountId).not.toBe(accountId);
    expect((await other.client.ok('readCredits', { token: again })).body.available).toBe(0);
    expect((await other.client.ok('listProjects', { token: again })).body.data).toEqual([]);
    // The old token doesn't open the new account either, on any instance.
    expect((await other.client.raw('readProfile', { token })).status).toBe(401);
    expect((await studio.client.raw('readProfile', { token })).status).toBe(401);
    expect((await studio.client.ok('readProfile', { token: again })).body.accountId).toBe(profile.accountId);
    // Changing the name or the tier grants no starter credits either.
    const renamed = await studio.tokens.forUser({ sub: subject, tier: 'pro', name: 'Richer' });
    expect((await studio.client.ok('readCredits', { token: renamed })).body.available).toBe(0);
  });

  it('starts the workflow that removes the data once the account is erased', async () => {
    const { token, accountId } = await studio.user();
    await studio.client.raw('eraseProfile', { token });
    expect(studio.workflows.erased).toContain(accountId);
    const { rows } = await studio.fixture.owner.query(
      'SELECT subject, display_name, erased_at IS NOT NULL AS erased FROM accounts WHERE id = $1',
      [accountId],
    );
    expect(rows).toEqual([{ subject: null, display_name: null, erased: true }]);
  });

  it('succeeds while Temporal is unreachable', async () => {
    const { token, subject } = await studio.user();
    studio.workflows.outage = 'temporal';
    expect((await studio.client.raw('eraseProfile', { token })).status).toBe(204);
    studio.workflows.outage = 'none';
    expect((await studio.client.raw('readProfile', { token: await signInAgain(subject) })).status).toBe(200);
  });

  it('is possible while the account is blocked, which the next account of its user is too', async () => {
    const admin = await studio.user({ role: 'admin' });
    const { token, subject, accountId } = await studio.user();
    const act = { token: admin.token, body: { blocked: true, reason: 'Sells its credits' } };
    await studio.client.ok('setAccountBlock', { ...act, id: accountId });
    await expect.poll(async () => (await studio.client.raw('exportProfile', { token })).status).toBe(403);
    expect((await studio.client.raw('eraseProfile', { token })).status).toBe(204);
    expect(studio.workflows.erased).toContain(accountId);
    const again = await signInAgain(subject);
    expect((await studio.client.problem('readProfile', { token: again })).body.code).toBe('account_blocked');
    // An admin ends it, and another erasure does not bring it back.
    const { rows } = await studio.fixture.owner.query<{ id: string }>('SELECT id FROM accounts WHERE subject = $1', [
      subject,
    ]);
    await studio.client.ok('setAccountBlock', { ...act, id: rows[0]!.id, body: { ...act.body, blocked: false } });
    await expect.poll(async () => (await studio.client.raw('readProfile', { token: again })).status).toBe(200);
    expect((await studio.client.raw('eraseProfile', { token: again })).status).toBe(204);
    expect((await studio.client.raw('readProfile', { token: await signInAgain(subject) })).status).toBe(200);
  });

  it('stores no subject, only a digest with a key that the application can’t read', async () => {
    const { token, subject } = await studio.user();
    await studio.client.raw('eraseProfile', { token });
    const { rows } = await studio.fixture.owner.query<{ digest: string }>(
      'SELECT digest FROM erased_subjects WHERE digest = subject_digest($1)',
      [subject],
    );
    expect(rows).toHaveLength(1);
    const { database } = studio.fixture;
    await expect(database.callOnce('test.key', 'SELECT key FROM subject_keys', [])).rejects.toThrow(
      'permission denied',
    );
    await expect(database.callOnce('test.digest', 'SELECT subject_digest($1)', [subject])).rejects.toThrow(
      'permission denied',
    );
  });

  it('ends open event streams', async () => {
    const { token } = await studio.user();
    const reader = await readEvents(`${studio.address}/api/v1/events`, token);
    await reader.until(({ name }) => name === 'snapshot');
    await studio.client.raw('eraseProfile', { token });
    await expect(reader.ended).resolves.toBeUndefined();
  });

  it('refuses writes that wait for the erasure, and later ones', async () => {
    const { database, owner } = studio.fixture;
    const { accountId } = await studio.user();
    const create = () => createProject(database, { id: randomUUID(), accountId, name: 'Late', description: '' });
    await owner.query('BEGIN');
    await owner.query('SELECT erase_account($1)', [accountId]);
    const writes = Promise.allSettled([create(), create(), create()]);
    await expect.poll(countWaiting).toBeGreaterThan(0);
    await owner.query('COMMIT');
    for (const write of await writes) {
      expect(write).toMatchObject({ reason: { message: expect.stringContaining('was erased') } });
    }
    await expect(create()).rejects.toThrow('was erased');
  });

  it('deletes what was written while the erasure waited', async () => {
    const { database, owner } = studio.fixture;
    const { accountId } = await studio.user();
    const projects = () =>
      owner.query('SELECT id FROM avatar_projects WHERE account_id = $1 AND name = $2', [accountId, 'Early']);
    await owner.query('BEGIN');
    await owner.query(
      `INSERT INTO avatar_projects (id, account_id, name, description) VALUES (gen_random_uuid(), $1, 'Early', '')`,
      [accountId],
    );
    const erased = eraseAccount(database, accountId);
    await expect.poll(countWaiting).toBe(1);
    await owner.query('COMMIT');
    await erased;
    expect((await projects()).rows).toHaveLength(1);
    while ((await eraseRows(database, accountId, 100)) > 0);
    expect((await projects()).rows).toEqual([]);
  });

  it('is forbidden to services', async () => {
    const { subject } = await studio.user();
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['generations:write', 'avatars:read'] });
    const request = { token, headers: { 'X-On-Behalf-Of': subject } };
    expect((await studio.client.problem('eraseProfile', request)).status).toBe(403);
    expect((await studio.client.problem('exportProfile', request)).status).toBe(403);
  });
});

describe('GET /me/export', () => {
  it('returns a zip of all data of the account, and of no other', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const { token, projectId, accountId } = user;
    const { fixture, store, client } = studio;
    const created = await client.ok('createGeneration', { token, id: projectId, body: BODY });
    const avatar = anAvatar(accountId, { name: 'Smith' });
    await record(fixture.database, created.body.id, avatar);
    const bytes = randomBytes(3_000);
    await store.write(avatar.image.object, bytes, { contentType: 'image/webp', immutable: true });
    await client.ok('createPreset', { token, body: { name: 'Own', prompt: 'a smith' } });
    await client.ok('createPreset', { token: stranger.token, body: { name: 'Foreign', prompt: 'x' } });

    const answer = await client.raw('exportProfile', { token });
    expect(answer.headers.get('Content-Disposition')).toContain('avatar-studio-export.zip');
    const files = await unzip(Buffer.from(await answer.arrayBuffer()));
    const json = (name: string): unknown => JSON.parse(files.get(name)!.toString());
    expect(json('profile.json')).toMatchObject({ accountId, subject: user.subject, name: 'Test Person' });
    expect(json('projects.json')).toMatchObject([{ id: projectId, name: 'Faces' }]);
    expect(json('generations.json')).toMatchObject([{ id: created.body.id, status: 'completed', request: BODY }]);
    expect(json('transfers.json')).toMatchObject([{ kind: 'capture' }, { kind: 'reserve' }, { kind: 'topup' }]);
    expect(json('presets.json')).toMatchObject([{ name: 'Own', usageCount: 0 }]);
    expect(json('notifications.json')).toMatchObject([{ kind: 'avatar_completed', avatarId: avatar.id }]);
    expect(json('usage.json')).toEqual([]);
    expect(json('avatars/Smith.json')).toMatchObject({ id: avatar.id, image: 'avatars/Smith.webp' });
    expect(files.get('avatars/Smith.webp')!.equals(bytes)).toBe(true);
    expect([...files.values()].some((file) => file.includes(stranger.accountId) || file.includes('Foreign'))).toBe(
      false,
    );
  });

  it('exports thousands of rows, each once', async () => {
    const { token, accountId } = await studio.user();
    await studio.fixture.owner.query(
      `INSERT INTO notifications (account_id, kind, created_at) SELECT $1, 'generation_failed', now() - (n / 7) * interval '1 second' FROM generate_series(1, 1500) n`,
      [accountId],
    );
    const files = await unzip(Buffer.from(await (await studio.client.raw('exportProfile', { token })).arrayBuffer()));
    const rows = JSON.parse(files.get('notifications.json')!.toString()) as { id: string }[];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1_500);
    expect(rows).toHaveLength(1_500);
  });

  it('answers 405 to a HEAD request', async () => {
    const { token } = await studio.user();
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${studio.address}/api/v1/me/export`, { method: 'HEAD', headers });
    expect(answer.status).toBe(405);
  });
});
