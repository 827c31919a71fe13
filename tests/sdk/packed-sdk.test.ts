import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import { SCOPES } from '#contract/profile.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { startFlakyProxy } from './flaky-proxy.ts';
import { createConsumerProject, type ConsumerProject } from './consumer-project.ts';

/** So that a new free account has enough for one and not for two. */
const PRICE = 60;
const POLL_AFTER_MS = 20;
/** A cancelled provider gives its slot back within this. */
const HEARTBEAT_TIMEOUT_MS = 3_000;
const CUT_EVERY_MS = 700;
const STORY_TIMEOUT_MS = 180_000;
const CHAPTERS = [
  'made an avatar and waited for it',
  'read avatars, and their image',
  'tracked usage',
  'moved one to the front',
  'stopped waiting',
  'cancelled two, and the credits came back',
  'was refused in every way, each by its class',
  'Ada looked at everything herself',
];

let urls: TestDatabase;
let studio: Studio;
let api: ServedApi;
let project: ConsumerProject;

/** Images of glaciers are never ready. */
function slowForGlaciers(provider: ImageProvider): ImageProvider {
  const endless = new Set<string>();
  return {
    ...provider,
    async submit(request, signal) {
      const handle = await provider.submit(request, signal);
      if (request.prompt.includes('glacier')) endless.add(handle.externalId);
      return handle;
    },
    poll: async (handle, ...more) =>
      endless.has(handle.externalId)
        ? { state: 'running', pollAfterMs: POLL_AFTER_MS }
        : provider.poll(handle, ...more),
  };
}

beforeAll(async () => {
  urls = await createTestDatabase();
  [project, studio] = await Promise.all([
    createConsumerProject(),
    openStudio({
      database: urls,
      wrapProvider: slowForGlaciers,
      slots: { generate: 1, publish: 2 },
      heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
    }),
  ]);
  const { database, store, temporal } = studio;
  const prices = { generate: PRICE, preset: PRICE, upload: PRICE };
  api = await serveApi({ database, listenUrl: urls.url, workflows: temporal.generations, store, prices });
  await studio.startWorkers();
}, STORY_TIMEOUT_MS);
afterAll(async () => {
  await api.stop();
  await studio.close();
  await urls.drop();
  await project.remove();
});

/** What the story needs to know: people nobody else has. */
async function aChat(baseUrl: string) {
  const [ada, bob, cleo] = [await api.user({ tier: 'pro' }), await api.user(), await api.user({ tier: 'pro' })];
  const owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  await owner.query('UPDATE accounts SET unfinished_limit = 1 WHERE id = $1', [cleo.accountId]);
  await owner.end();
  return {
    baseUrl,
    serviceToken: await api.tokens.forService({ sub: 'chat', scopes: SCOPES }),
    readerToken: await api.tokens.forService({ sub: 'chat', scopes: ['avatars:read'] }),
    ada: { subject: ada.subject, token: ada.token },
    poorBob: bob.subject,
    busyCleo: cleo.subject,
  };
}

describe('the packed client, in a project that has nothing else', { timeout: STORY_TIMEOUT_MS }, () => {
  it('brings its code, its types and its README, and nothing of this repository', async () => {
    const files = await project.installed();
    expect(files).toEqual(expect.arrayContaining(['README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']));
    expect(files.filter((name) => !/^(dist|README\.md|package\.json)/.test(name))).toEqual([]);
    expect(files.filter((name) => /test|build/.test(name))).toEqual([]);
  });

  it('is type-checked by a strict compiler', async () => {
    await expect(project.typeCheck()).resolves.toBe('');
  });

  it('does what another service needs', async () => {
    expect(await project.run(await aChat(api.address))).toEqual(CHAPTERS);
  });

  it('does the same while its connections are cut again and again', async () => {
    const network = await startFlakyProxy(api.address, CUT_EVERY_MS);
    try {
      expect(await project.run(await aChat(network.url))).toEqual(CHAPTERS);
      expect(network.cuts()).toBeGreaterThan(0);
    } finally {
      await network.close();
    }
  });

  it('has left a ledger without a fault', async () => {
    expect(await studio.violations()).toEqual([]);
  });
});
