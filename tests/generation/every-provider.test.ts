import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { MODELS, modesOf, PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { createFakeFal, type FakeFal } from '../fakes/fal/fake-fal.ts';
import { createFakeHuggingFace, type FakeHuggingFace } from '../fakes/huggingface/fake-huggingface.ts';
import { type CrashEnvironment, openCrashEnvironment, RECOVERY_MS } from '../support/crash-environment.ts';

/** No such place: this worker lives. */
const NOWHERE = 'nowhere';
const MODES = ['text', ...REFERENCE_MODES] as const;
type Mode = (typeof MODES)[number];

let environment: CrashEnvironment;
let fal: FakeFal;
let huggingface: FakeHuggingFace;
/** An API that has only this provider, each; all on the same database, with the same worker behind them. */
const apis = new Map<ProviderName, ServedApi>();
let user: TestUser;
let original: string;

/** The worker is a process of its own and knows the providers by nothing but its environment. */
beforeAll(async () => {
  [fal, huggingface] = await Promise.all([createFakeFal(), createFakeHuggingFace()]);
  environment = await openCrashEnvironment(NOWHERE, {
    FAL_KEY: fal.key,
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_API_URL: fal.apiUrl,
    HF_TOKEN: huggingface.token,
    HF_BASE_URL: huggingface.baseUrl,
    HF_HUB_URL: huggingface.hubUrl,
    IMAGE_CHECK: 'off', // its model takes a minute to load on a busy machine, and what it finds is tested elsewhere
  });
  await environment.startWorker();
  const { database, store, temporal } = environment.studio;
  const shared = { database, listenUrl: environment.databaseUrl, workflows: temporal.generations, store };
  for (const provider of PROVIDERS) {
    const demoTokens = apis.values().next().value?.tokens;
    apis.set(provider, await serveApi({ ...shared, ...(demoTokens && { demoTokens }), providers: [provider] }));
  }
  user = await apis.get('illustrator')!.user({ tier: 'pro' });
  original = (await make('illustrator', 'text')).avatar!.id;
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

const generate = (mode: Mode) => ({ token: user.token, id: user.projectId, body: bodyOf(mode) });

async function make(provider: ProviderName, mode: Mode) {
  const { client } = apis.get(provider)!;
  const { body } = await client.ok('createGeneration', generate(mode));
  await environment.studio.ended(body.id, RECOVERY_MS);
  return (await client.ok('readGeneration', { token: user.token, id: body.id })).body;
}

/** Paid images by who painted them. */
function bill(): Record<string, number> {
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
    isPossible: MODELS.some((model) => model.provider === provider && modesOf(model).includes(mode)),
  })),
);

describe('an avatar through the API, with nothing but addresses in the environment', () => {
  it.each(cells.filter(({ isPossible }) => isPossible))(
    'is made by $provider alone: $mode',
    async ({ provider, mode }) => {
      const ended = await make(provider, mode);
      expect(ended).toMatchObject({ status: 'completed', provider, avatar: { generation: { provider } } });
      const free = { replicate: 0, fal: 0, huggingface: 0 };
      expect(bill()).toEqual(provider === 'illustrator' ? free : { ...free, [provider]: 1 });
      expect(await environment.studio.transfers(ended.id)).toEqual(['reserve', 'capture']);
    },
    RECOVERY_MS,
  );

  it.each(cells.filter(({ isPossible }) => !isPossible))(
    'is refused at once where $provider can not do it: $mode',
    async ({ provider, mode }) => {
      const before = await environment.studio.credits({ ...user, tier: 'pro' });
      const { status } = await apis.get(provider)!.client.problem('createGeneration', generate(mode));
      expect(status).toBe(409);
      expect(await environment.studio.credits({ ...user, tier: 'pro' })).toEqual(before);
    },
  );
});
