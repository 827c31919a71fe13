import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { MODELS, PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { type Bench, REMOTE_SUBJECTS } from '../fakes/conformance/subjects.ts';
import { rowsOf } from '../support/long-run.ts';
import { type CrashEnvironment, openCrashEnvironment, RECOVERY_MS } from '../support/crash-environment.ts';

/** Matches no effect, so the worker is never killed. */
const NO_CRASH = 'none';
const MODES = ['text', ...REFERENCE_MODES] as const;
type Mode = (typeof MODES)[number];

let environment: CrashEnvironment;
/** The fake of each remote provider. */
const benches = new Map<ProviderName, Bench>();
/** One API per provider that offers only that one; they share the database and the worker. */
const apis = new Map<ProviderName, ServedApi>();
let user: TestUser;
let original: string;

/** The worker is a separate process, configured by environment variables only. */
beforeAll(async () => {
  for (const { name, open } of REMOTE_SUBJECTS) benches.set(name, await open());
  environment = await openCrashEnvironment(NO_CRASH, {
    ...Object.assign({}, ...[...benches.values()].map(({ variables }) => variables)),
    IMAGE_CHECK: 'off', // its model takes a minute to load on a busy machine, and the check has its own tests
  });
  await environment.startWorker();
  const { apiDatabase: database, store, temporal } = environment.studio;
  const shared = { database, listenUrl: environment.databaseUrl, workflows: temporal.generations, store };
  for (const provider of PROVIDERS) {
    const demoTokens = apis.values().next().value?.tokens;
    apis.set(provider, await serveApi({ ...shared, ...(demoTokens && { demoTokens }), providers: [provider] }));
  }
  user = await apis.get('illustrator')!.user({ tier: 'pro' });
  original = (await generate('illustrator', 'text')).avatar!.id;
}, 2 * RECOVERY_MS);
afterAll(async () => {
  for (const api of apis.values()) await api.stop();
  await environment?.close();
  await Promise.all([...benches.values()].map((bench) => bench.stop()));
});
beforeEach(() => {
  for (const bench of benches.values()) bench.reset();
});

function bodyOf(mode: Mode) {
  const options = { size: 512, allowFallback: false } as const;
  if (mode === 'text') return { sourceType: 'text_to_image', prompt: 'a lighthouse keeper', options } as const;
  const style = mode === 'style' ? { style: 'clay' as const } : {};
  return { sourceType: 'from_reference', reference: { avatarId: original }, mode, ...style, options } as const;
}

const requestOf = (mode: Mode) => ({ token: user.token, id: user.projectId, body: bodyOf(mode) });

async function generate(provider: ProviderName, mode: Mode) {
  const { client } = apis.get(provider)!;
  const { body } = await client.ok('createGeneration', requestOf(mode));
  await environment.studio.ended(body.id, RECOVERY_MS);
  return (await client.ok('readGeneration', { token: user.token, id: body.id })).body;
}

/** The number of paid images per provider. */
function paidImages(): Record<string, number> {
  return Object.fromEntries([...benches].map(([name, bench]) => [name, bench.paid()]));
}

const cells = PROVIDERS.flatMap((provider) =>
  MODES.map((mode) => ({
    provider,
    mode,
    isSupported: MODELS.some((model) => model.provider === provider && model.modes.includes(mode)),
  })),
);

const supported = cells.filter(({ isSupported }) => isSupported);
/** Each provider from text, and each mode with the first provider that supports it and with the last one. */
const TRIED = rowsOf('matrices', supported, (cell, index) => {
  const isOtherwise = (other: typeof cell) => other.mode !== cell.mode;
  return (
    cell.mode === 'text' ||
    [supported.slice(0, index), supported.slice(index + 1)].some((rest) => rest.every(isOtherwise))
  );
});
const BLACK = rowsOf('matrices', REMOTE_SUBJECTS, ({ isSynchronous }, index) => isSynchronous || index === 0);

describe('a generation through the API, with providers configured by environment variables', () => {
  it.each(TRIED)(
    'is completed by $provider alone in mode $mode',
    async ({ provider, mode }) => {
      const ended = await generate(provider, mode);
      expect(ended).toMatchObject({ status: 'completed', provider, avatar: { generation: { provider } } });
      const expected = REMOTE_SUBJECTS.map(({ name }) => [name, name === provider ? 1 : 0]);
      expect(paidImages()).toEqual(Object.fromEntries(expected));
      expect(await environment.studio.transfers(ended.id)).toEqual(['reserve', 'capture']);
    },
    RECOVERY_MS,
  );

  it.each(BLACK)('is free when $name delivers a black image as a success', async ({ name }) => {
    benches.get(name)!.script({ on: 'prediction', fault: 'black' });
    const ended = await generate(name, 'text');
    expect(ended).toMatchObject({ status: 'failed', failure: { code: 'corrupt_image', creditsReturned: 10 } });
    expect(await environment.studio.transfers(ended.id)).toEqual(['reserve', 'release']);
  });

  it.each(cells.filter(({ isSupported }) => !isSupported))(
    'is refused at once by $provider in mode $mode, which it does not support',
    async ({ provider, mode }) => {
      const before = await environment.studio.credits({ ...user, tier: 'pro' });
      const { status } = await apis.get(provider)!.client.problem('createGeneration', requestOf(mode));
      expect(status).toBe(409);
      expect(await environment.studio.credits({ ...user, tier: 'pro' })).toEqual(before);
    },
  );
});
