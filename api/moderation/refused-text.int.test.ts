import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COOL_DOWNS } from '#domain/moderation/abuse.ts';
import { LEXICON } from '#domain/moderation/prompt-lexicon.ts';
import { RULE_REASONS } from '#domain/moderation/prompt-rules.ts';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
/** Taken from the lists by position: which words they are does not matter here. */
const MINOR = LEXICON.minor[0] ?? '';
const EXPLICIT = LEXICON.explicit[0] ?? '';
const HATE = LEXICON.hate[0] ?? '';
const BAD = `a ${MINOR}, ${EXPLICIT}`;
const bodyOf = (prompt: string, more: object = {}) => ({ sourceType: 'text_to_image' as const, prompt, ...more });

const rows = async (text: string, values: unknown[]) => (await studio.fixture.owner.query(text, values)).rows;
const strikeCount = ({ accountId }: TestUser) =>
  rows('SELECT kind FROM abuse_strikes WHERE account_id = $1', [accountId]).then((found) => found.length);
const storedCount = ({ accountId }: TestUser) =>
  rows('SELECT id FROM avatar_generations WHERE account_id = $1', [accountId]).then((found) => found.length);
const credits = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body;

/** A generation whose prompt was allowed when it was stored, but breaks a rule now. */
async function storedBeforeTheRule(user: TestUser, end: 'delivered' | 'failed') {
  const { token, projectId: id, accountId } = user;
  const { body } = await studio.client.ok('createGeneration', { token, id, body: bodyOf('a lamplighter') });
  const avatar = anAvatar(accountId, { id: randomUUID() });
  if (end === 'delivered') await record(studio.fixture.database, body.id, avatar);
  else await release(studio.fixture.database, { generationId: body.id, status: 'cancelled' });
  const request = `jsonb_set(request, '{prompt}', to_jsonb($2::text))`;
  await rows(`UPDATE avatar_generations SET request = ${request} WHERE id = $1`, [body.id, BAD]);
  return { generationId: body.id, avatarId: avatar.id };
}

describe('a generation request with a prompt that breaks a rule', () => {
  it('is refused with the rule, the path and the word, before anything is written, held or charged', async () => {
    const user = await studio.user();
    const { token, projectId: id } = user;
    const before = await credits(user);
    const call = { token, id, body: bodyOf('a dancer', { persona: { personality: ['calm', BAD] } }) };
    const { status, body } = await studio.client.problem('createGeneration', call);
    const message = `Not allowed: “${EXPLICIT}” with “${MINOR}”. ${RULE_REASONS.minor_sexual}`;
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'prompt_not_allowed', rule: 'minor_sexual', detail: message });
    const path = 'persona.personality.1';
    expect(body.errors).toEqual([{ path, message, term: EXPLICIT, companion: { path, term: MINOR } }]);
    expect(studio.logged.join('\n')).toContain('/generations');
    expect(studio.logged.join('\n')).not.toContain(EXPLICIT);
    expect([await storedCount(user), await credits(user)]).toEqual([0, before]);
  });

  it('counts once per key and prompt; another prompt under the key counts again, and an allowed one is accepted', async () => {
    const user = await studio.user();
    const { token, projectId: id } = user;
    const headers = { 'Idempotency-Key': randomUUID() };
    const send = (prompt: string) =>
      studio.client.raw('createGeneration', { token, id, headers, body: bodyOf(prompt) });
    const answers = await Promise.all([send(BAD), send(BAD), send(BAD)]);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    expect(await strikeCount(user)).toBe(1);
    expect((await send(`${BAD}, please`)).status).toBe(422);
    expect(await strikeCount(user)).toBe(2);
    expect((await send('a lamplighter')).status).toBe(202);
  });

  it('causes a cool-down when repeated, in which nothing is moderated', async () => {
    const user = await studio.user();
    const { token, projectId: id } = user;
    for (let n = 0; n < COOL_DOWNS.refused_prompt.strikes; n += 1) {
      const { status } = await studio.client.problem('createGeneration', { token, id, body: bodyOf(BAD) });
      expect(status).toBe(422);
    }
    for (const prompt of [BAD, 'a lamplighter']) {
      const { body } = await studio.client.problem('createGeneration', { token, id, body: bodyOf(prompt) });
      expect(body.code).toBe('rate_limited');
    }
    expect(await strikeCount(user)).toBe(COOL_DOWNS.refused_prompt.strikes);
  });

  it('refuses its whole batch with the paths of the items, and counts once', async () => {
    const user = await studio.user({ tier: 'pro' });
    const { token, projectId: id } = user;
    const items = [bodyOf('a smith'), bodyOf(BAD), bodyOf('a baker'), bodyOf('a miller', { name: HATE })];
    const { body } = await studio.client.problem('createBatch', { token, id, body: { items } });
    expect(body).toMatchObject({ code: 'prompt_not_allowed', rule: 'minor_sexual' });
    expect(body.errors?.map(({ path }) => path)).toEqual(['items.1.prompt', 'items.3.name']);
    const varied = { request: bodyOf(BAD), vary: 'seed', count: 5 };
    const one = await studio.client.problem('createBatch', { token, id, body: varied });
    expect(one.body.errors?.map(({ path }) => path)).toEqual(['request.prompt']);
    expect([await storedCount(user), await strikeCount(user)]).toEqual([0, 2]);
  });

  it('is refused in a retry and a variation of an older generation', async () => {
    const user = await studio.user();
    const { token, projectId: id } = user;
    const { generationId } = await storedBeforeTheRule(user, 'failed');
    expect((await studio.client.problem('retryGeneration', { token, id: generationId })).body.rule).toBe(
      'minor_sexual',
    );
    const { avatarId } = await storedBeforeTheRule(user, 'delivered');
    const body = { sourceType: 'from_reference', mode: 'variation', reference: { avatarId } };
    expect((await studio.client.problem('createGeneration', { token, id, body })).body.rule).toBe('minor_sexual');
    expect([await storedCount(user), await strikeCount(user)]).toEqual([2, 2]);
  });

  it('is refused with a reference that may show a real person, but allowed with a generated one', async () => {
    const user = await studio.user();
    const { token, projectId: id, accountId } = user;
    const { body: generation } = await studio.client.ok('createGeneration', { token, id, body: bodyOf('a statue') });
    const { id: avatarId } = anAvatar(accountId, { id: randomUUID() });
    await record(studio.fixture.database, generation.id, anAvatar(accountId, { id: avatarId }));
    const body = bodyOf(`a ${EXPLICIT} statue`, { sourceType: 'from_reference', reference: { avatarId } });
    expect((await studio.client.ok('previewPrompt', { token, body })).status).toBe(200);
    await rows(`UPDATE avatars SET source_type = 'upload' WHERE id = $1`, [avatarId]);
    const refused = await studio.client.problem('createGeneration', { token, id, body });
    expect(refused.body).toMatchObject({ rule: 'real_person_sexual', errors: [{ path: 'prompt' }] });
  });
});

describe('a text that breaks a rule and is only stored or previewed', () => {
  it('is refused on every route, without a strike', async () => {
    const user = await studio.user();
    const { token, projectId: id } = user;
    const requests: [Parameters<typeof studio.client.problem>[0], object, path: string][] = [
      ['previewPrompt', { body: bodyOf(BAD) }, 'prompt'],
      ['enhancePrompt', { body: { prompt: BAD } }, 'prompt'],
      ['createProject', { body: { name: HATE } }, 'name'],
      ['updateProject', { id, body: { description: HATE } }, 'description'],
      [
        'updateProject',
        { id, body: { defaults: { attributes: { hairStyle: HATE } } } },
        'defaults.attributes.hairStyle',
      ],
      ['createPreset', { body: { name: 'Mine', prompt: BAD } }, 'prompt'],
      ['createPreset', { body: { name: 'Mine', prompt: 'a smith', category: HATE } }, 'category'],
      [
        'createPreset',
        { body: { name: 'Mine', prompt: 'a smith', personaTemplate: { background: HATE } } },
        'personaTemplate.background',
      ],
    ];
    for (const [name, call, path] of requests) {
      const { body } = await studio.client.problem(name, { token, ...call });
      expect([name, body.code, body.errors?.map((error) => error.path)]).toEqual([name, 'prompt_not_allowed', [path]]);
    }
    const preset = await studio.client.ok('createPreset', { token, body: { name: 'Mine', prompt: 'a smith' } });
    const changed = { token, id: preset.body.id, body: { prompt: BAD } };
    expect((await studio.client.problem('updatePreset', changed)).body.code).toBe('prompt_not_allowed');
    const { avatarId } = await storedBeforeTheRule(user, 'delivered');
    const renamed = { token, id: avatarId, body: { persona: { background: HATE, name: null } } };
    expect((await studio.client.problem('updateAvatar', renamed)).body.errors?.[0]?.path).toBe('persona.background');
    expect(await strikeCount(user)).toBe(0);
  });

  it('is not suggested, although an avatar was generated from it', async () => {
    const user = await studio.user();
    await storedBeforeTheRule(user, 'delivered');
    const { body } = await studio.client.ok('suggestPrompts', { token: user.token, body: { text: 'a ' } });
    expect(body.suggestions.length).toBeGreaterThan(0);
    expect(body.suggestions.filter(({ prompt }) => prompt.includes(EXPLICIT))).toEqual([]);
  });
});
