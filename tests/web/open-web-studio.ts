import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ImageProvider } from '#activities/providers/port.ts';
import type { ApiDeps } from '#api/deps.ts';
import { DEFAULT_PRICES, type Prices } from '#domain/generation/pricing.ts';
import { seed } from '#drizzle/seed.ts';
import { isBuilt } from '#web/server/built-from.ts';
import { createWebApp } from '#web/server/create-web-app.ts';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { serveApi, type ServedApi, testKey } from '../api/serve-api.ts';
import { openBrowser } from '../support/chromium.ts';
import { createTestBucket, createTestDatabase, uniqueSuffix } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import type { RunningWorkers } from '../support/temporal-environment.ts';
import { type ApiProcess, openApiProcess } from './api-process.ts';
import { describeFailure } from './describe-failure.ts';

/** A prompt with this text does not complete while the studio is on hold. */
export const HELD_TEXT = 'long exposure';
/** The provider refuses a prompt with this text. */
export const REFUSED_TEXT = 'forbidden face';
const POLL_AFTER_MS = 50;
/** As long as an attempt may take, so that a held generation does not time out and fall back. */
const HOLD_LIMIT_MS = 230_000;
const root = join(import.meta.dirname, '../..');
const distDir = join(root, 'web/dist');

export interface WebStudio {
  readonly url: string;
  readonly studio: Studio;
  /** Runs in this process unless it was moved to its own; its client reaches both. */
  readonly api: ServedApi;
  readonly browser: Browser;
  readonly workers: RunningWorkers;
  /** Lets held generations complete. */
  release(): void;
  /** Holds generations whose prompt contains {@link HELD_TEXT}; the initial state. */
  hold(): void;
  /** Replaces the API by a separate process with default prices, which can be killed. */
  moveApiToProcess(): Promise<ApiProcess>;
  /** Opens a page with a new context. `complaints` collects its errors. */
  visit(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  close(): Promise<void>;
}

/** Signs users in with an identity provider instead of demo sign-in. */
export interface ExternalSignIn {
  readonly api: Pick<ApiDeps, 'verify' | 'oidc' | 'demoTokens'>;
  readonly origin: string;
}

const pages = describeFailure();

/** Serves the built page with the real API, workers and servers; one generation at a time. */
export async function openWebStudio(prices: Prices = DEFAULT_PRICES, signIn?: ExternalSignIn): Promise<WebStudio> {
  if (!(await isBuilt(root, distDir))) await promisify(execFile)(process.execPath, ['web/build.ts'], { cwd: root });
  const urls = await createTestDatabase();
  await seed(urls.ownerUrl, { users: false });
  let held = true;
  const storage = await createTestBucket();
  const suffix = `-${uniqueSuffix()}`;
  const studio = await openStudio({
    database: urls,
    storage,
    temporal: { suffix },
    generationTimeoutMs: HOLD_LIMIT_MS,
    wrapProvider: (provider: ImageProvider) => ({
      ...provider,
      poll: async (handle, request, signal) =>
        held && request.prompt.includes(HELD_TEXT)
          ? { state: 'running', pollAfterMs: POLL_AFTER_MS }
          : provider.poll(handle, request, signal),
    }),
  });
  studio.replicate.script({ on: 'prediction', fault: 'nsfw', promptIncludes: REFUSED_TEXT, times: 1_000 });
  const { apiDatabase: database, store, temporal } = studio;
  const signingKey = testKey();
  const api = await serveApi({
    database,
    listenUrl: urls.apiUrl,
    workflows: temporal.generations,
    store,
    prices,
    demoTokens: createDemoTokens(signingKey),
    ...signIn?.api,
  });
  let apiProcess: ApiProcess | undefined;
  const workers = await studio.startWorkers({ generate: 1, publish: 2 });
  const imageOrigins = [new URL(await store.signedUrl('probe')).origin];
  const web = createWebApp({
    distDir,
    apiUrl: api.address,
    imageOrigins,
    signInOrigins: signIn ? [signIn.origin] : [],
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  return {
    url,
    studio,
    api,
    browser,
    workers,
    release: () => void (held = false),
    hold: () => void (held = true),
    async moveApiToProcess() {
      await api.stop();
      const port = Number(new URL(api.address).port);
      apiProcess = await openApiProcess({
        databaseUrl: urls.apiUrl,
        storage,
        taskQueueSuffix: suffix,
        signingKey,
        port,
      });
      return apiProcess;
    },
    async visit(options = {}) {
      const context = await browser.newContext({ baseURL: url, ...options });
      const page = await context.newPage();
      pages.watch(page);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // A 503 is not an error of the page: it retries, and tests check what it shows then.
        if (message.type() !== 'error' || /status of 503/u.test(message.text())) return;
        complaints.push(`${message.text()} (${message.location().url})`);
      });
      return { page, complaints };
    },
    async close() {
      await browser.close();
      web.close();
      web.closeAllConnections();
      held = false;
      await (apiProcess?.close() ?? api.stop());
      await studio.close();
      await urls.drop();
    },
  };
}
