import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { MODELS, PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { createFakeFal, type FakeFal } from '../fakes/fal/fake-fal.ts';
import { createFakeHuggingFace, type FakeHuggingFace } from '../fakes/huggingface/fake-huggingface.ts';
import { type CrashEnvironment, openCrashEnvironment, RECOVERY_MS } from '../support/crash-environment.ts';

/** Matches no effect, so the worker is never killed. */
const NO_CRASH = 'none';
const MODES = ['text', ...REFERENCE_MODES] as const;
type Mode = (typeof MODES)[number];

let environment: CrashEnvironment;
let fal: FakeFal;
let huggingface: FakeHuggingFace;
/** One API per provider that offers only that one; they share the database and the worker. */
const apis = new Map<ProviderName, ServedApi>();
let user: TestUser;
let original: string;

/** The worker is a separate process, configured by environment variables only. */
beforeAll(async () => {
  [fal, huggingface] = await Promise.all([createFakeFal(), createFakeHuggingFace()]);
  environment = await openCrashEnvironment(NO_CRASH, {
    FAL_KEY: fal.key,
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_API_URL: fal.apiUrl,
    HF_TOKEN: huggingface.token,
    HF_BASE_URL: huggingface.baseUrl,
    HF_HUB_URL: huggingface.hubUrl,
    IMAGE_CHECK: 'off', // its model takes a minute to load on a busy machine, and the check has its own tests
  });
  await environment.startWorker();
  const { database, store, temporal } = environment.studio;
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
  await Promise.all([fal?.stop(), huggingface?.stop()]);
});
beforeEach(() => {
  environment.studio.replicate.reset();
  fal.reset();
  huggingface.reset();
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
  return {
    replicate: environment.studio.replicate.ledger().length,
    fal: fal.ledger().length,
    huggingface: huggingface.ledger().length,
  };
}

const cells = PROVIDERS.flatMap((provider) =>
  MODES.map((mode) => ({
    provider,
    mode,
    isSupported: MODELS.some((model) => model.provider === provider && model.modes.includes(mode)),
  })),
);

describe('a generation through the API, with providers configured by environment variables', () => {
  it.each(cells.filter(({ isSupported }) => isSupported))(
    'is completed by $provider alone in mode $mode',
    async ({ provider, mode }) => {
      const ended = await generate(provider, mode);
      expect(ended).toMatchObject({ status: 'completed', provider, avatar: { generation: { provider } } });
      const none = { replicate: 0, fal: 0, huggingface: 0 };
      expect(paidImages()).toEqual(provider === 'illustrator' ? none : { ...none, [provider]: 1 });
      expect(await environment.studio.transfers(ended.id)).toEqual(['reserve', 'capture']);
    },
    RECOVERY_MS,
  );

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
