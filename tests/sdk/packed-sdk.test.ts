import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import { SCOPES } from '#contract/profile.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { startFlakyProxy } from './flaky-proxy.ts';
import { createConsumerProject, type ConsumerProject } from './consumer-project.ts';

/** A new free account can pay for one generation but not for two. */
const PRICE = 60;
const POLL_AFTER_MS = 20;
/** A cancelled activity frees its slot within this time. */
const HEARTBEAT_TIMEOUT_MS = 3_000;
const CUT_EVERY_MS = 700;
const STORY_TIMEOUT_MS = 300_000;
const STEPS = [
  'generated an avatar and waited for it',
  'read avatars and their image',
  'tracked usage',
  'raised the priority of a generation',
  'stopped waiting for a generation',
  'cancelled two generations and got the credits back',
  'received each refusal as its error class',
  'read everything with a user token',
];

let urls: TestDatabase;
let studio: Studio;
let api: ServedApi;
let project: ConsumerProject;

/** Predictions of glaciers never finish. */
function neverFinishGlaciers(provider: ImageProvider): ImageProvider {
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
      wrapProvider: neverFinishGlaciers,
      slots: { generate: 1, publish: 2 },
      heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
    }),
  ]);
  const { apiDatabase: database, store, temporal } = studio;
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

/** The input of the consumer's program, with new users. */
async function chatInput(baseUrl: string) {
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

describe('the packed SDK in an empty project', { timeout: STORY_TIMEOUT_MS }, () => {
  it('contains its code, types and README, and nothing else of this repository', async () => {
    const files = await project.installed();
    expect(files).toEqual(expect.arrayContaining(['README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']));
    expect(files.filter((name) => !/^(dist|README\.md|package\.json)/.test(name))).toEqual([]);
    expect(files.filter((name) => /test|build/.test(name))).toEqual([]);
  });

  it('passes a strict type check', async () => {
    await expect(project.typeCheck()).resolves.toBe('');
  });

  it('performs every operation that another service needs', async () => {
    expect(await project.run(await chatInput(api.internalAddress))).toEqual(STEPS);
  });

  it('performs every operation while its connections are cut repeatedly', async () => {
    const network = await startFlakyProxy(api.internalAddress, CUT_EVERY_MS);
    try {
      expect(await project.run(await chatInput(network.url))).toEqual(STEPS);
      expect(network.cuts()).toBeGreaterThan(0);
    } finally {
      await network.close();
    }
  });

  it('leaves a ledger without violations', async () => {
    expect(await studio.violations()).toEqual([]);
  });
});
