import { readForecast } from './forecast/read-forecast.ts';
import { createDecoder } from '#activities/image/decoder/decoder.ts';
import { DEFAULT_STARTER_LIMITS } from '#domain/account/starter-credits.ts';
import { openAccount, readAccountBySubject } from '#drizzle/queries/accounts/accounts.ts';
import { isRemote } from '#domain/provider/provider.ts';
import { remainingBudgetOf } from '#domain/provider/budget.ts';
import { readTotals, storageByTier } from '#drizzle/queries/admin/state.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { readOldestWaiting } from '#drizzle/queries/generations/queue.ts';
import { countFlagged } from '#drizzle/queries/accounts/velocity-flags.ts';
import type { Listening } from '#drizzle/connection/listen.ts';
import { createReplicated } from '#drizzle/connection/replica.ts';
import { readGallery } from '#drizzle/queries/avatars/presets.ts';
import { createTtlCache } from '#drizzle/stores/ttl-cache.ts';
import { createChoiceInputs } from '#drizzle/stores/choice-inputs.ts';
import { createApps, type Apps } from './app.ts';
import type { ApiDeps } from './deps.ts';
import { createArchives } from './archive/archives.ts';
import { createKeyHolders } from './api-keys/key-holders.ts';
import { createAccounts } from './auth/accounts.ts';
import { presentAvatars } from './avatars/present.ts';
import { listenForChanges } from './events/change-listener.ts';
import { createEventHub } from './events/hub.ts';
import { createOpenings } from './events/openings.ts';
import { createSlotRows } from './events/slot-rows.ts';
import { createStreamSlots } from './events/stream-slots.ts';
import { createLiveReads } from './events/live-reads.ts';
import { createOutcomes } from './generations/outcomes.ts';
import { createLateAcceptances } from './generations/late-acceptances.ts';
import { presentGenerations } from './generations/present.ts';
import { createHandlers } from './handlers.ts';
import { createReadiness } from './health/readiness.ts';
import { createMetrics } from './metrics.ts';
import { createStateMetrics } from './state-metrics.ts';
import { createAuthenticate } from './middleware/authenticate.ts';
import { createMemoryBudget } from './middleware/memory-budget.ts';
import { createRateLimiter } from './middleware/rate-limit.ts';
import { createRequestCounters } from './middleware/request-counter.ts';
import { createRequestSlots } from './middleware/request-slots.ts';
import { createReadSignedBody } from './middleware/signed-body.ts';
import { createFalKeys } from './webhooks/fal-keys.ts';
import { falSignature } from './webhooks/verify-fal-signature.ts';
import { standardSignature } from './webhooks/verify-signature.ts';
import { createGallery } from './presets/gallery.ts';
import { createQueueView } from './queue/queue-view.ts';
import { createDecodeTurns } from './uploads/decode-turns.ts';
import { createReadImage } from './uploads/read-image.ts';

/** For all forms that are being read and processed: about twenty-five of the largest. */
const FORM_MEMORY_BYTES = 256 * 1024 * 1024;
/** Of that, one account has a quarter. */
const FORM_MEMORY_SHARE_BYTES = FORM_MEMORY_BYTES / 4;
/**
 * Requests handled at a time, in this process. Those that create something may wait for an admission, and a process gets about fifty
 * of these a second; all others take milliseconds, and a page sends a dozen at once.
 */
const SLOTS = { creating: 64, other: 256 };

/** Flags concern the last hour or day, and several scrapers may ask. */
const FLAG_COUNTS_MS = 30_000;
/** A forecast reads a month of roll-ups, and changes by the hour. */
const FORECAST_MS = 600_000;
const STATE_MS = 5_000;
const TOTALS_MS = 30_000;
/** Takes 0.2 s for half a million objects. */
const STORAGE_MS = 5 * 60_000;

export interface Api extends Apps {
  /** Reports "not ready" from now on and ends the event streams; requests are still answered. */
  drain(): void;
  /** Stops listening to the database and decoding, and leaves the database's connections open. */
  close(): Promise<void>;
}

/** Creates the whole API: handlers, event streams, health. Starts listening for database changes at once. */
export function createApi(deps: ApiDeps): Api {
  const { database, workflows, store, log, replicateWebhookSecret, falWebhook } = deps;
  const decoder = createDecoder();
  const queueView = createQueueView(database);
  const { featureSwitches, readProviderHealth } = createChoiceInputs(database);
  const flagCounts = createTtlCache(FLAG_COUNTS_MS, () => countFlagged(database));
  const forecast = createTtlCache(FORECAST_MS, () => readForecast(database));
  const metrics = createMetrics({
    queueDepth: () =>
      queueView.load().then(
        ({ waiting }) => waiting,
        () => undefined,
      ),
    flaggedAccounts: () => flagCounts.read().catch(() => undefined),
    recommendedWorkers: () =>
      forecast.read().then(
        ({ recommendedWorkers }) => recommendedWorkers,
        () => undefined,
      ),
  });
  metrics.signingCertificateExpiry.set((deps.contentSigner.expiresAt?.getTime() ?? 0) / 1000);
  const budgets = deps.budgets ?? {};
  const oldestWaiting = createTtlCache(STATE_MS, () => readOldestWaiting(database));
  const storage = createTtlCache(STORAGE_MS, () => storageByTier(database));
  const totals = createTtlCache(TOTALS_MS, () => readTotals(database));
  createStateMetrics(metrics.registry, {
    oldestWaiting: () => oldestWaiting.read(),
    openCircuits: async () => (await readProviderHealth()).openCircuits.length,
    async spentShares() {
      const { spending } = await readProviderHealth();
      const paid = deps.providers.filter(isRemote);
      return Object.fromEntries(paid.map((name) => [name, remainingBudgetOf(name, budgets, spending).spentShare]));
    },
    storageBytes: () => storage.read(),
    heldCredits: async () => (await totals.read()).heldCredits,
    databaseBytes: async () => (await totals.read()).databaseBytes,
    connections: () => database.load(),
  });
  const replicated = createReplicated({
    primary: database,
    replica: deps.replica,
    log: (error) => log.warn({ err: error }, 'the read replica failed; using the primary'),
  });
  const presentAvatar = presentAvatars(store);
  const present = presentGenerations({ database: replicated.database, queueView, presentAvatar });
  const session: Pick<Listening, 'query'> = { query: (...args) => listener.query(...args) };
  const slots = createStreamSlots(createSlotRows(session));
  const hub = createEventHub({
    slots,
    reads: createLiveReads({ database, present, queueView }),
    log,
    onCount: (streams) => metrics.eventStreams.set(streams),
  });
  const starterLimits = deps.starterLimits ?? DEFAULT_STARTER_LIMITS;
  const accounts = createAccounts({
    open: (user) => openAccount(database, user, starterLimits),
    read: (subject) => readAccountBySubject(database, subject),
  });
  const keyHolders = createKeyHolders({ database, log });
  const gallery = createGallery(() => readGallery(database));
  const outcomes = createOutcomes((id) => readGeneration(database, id));
  const listener = listenForChanges({
    connectionString: deps.listenUrl,
    log,
    onChange(change) {
      if (change.channel === 'gallery') return gallery.changed();
      replicated.accountChanged(change.accountId);
      outcomes.changed(change);
      if (change.channel !== 'account') return hub.changed(change);
      accounts.forget(change.accountId);
      keyHolders.forget(change.accountId);
      hub.endAccount(change.accountId);
    },
    onConnected() {
      metrics.listenerUp.set(1);
      replicated.changesMissed();
      accounts.forgetAll();
      gallery.setListening(true);
      outcomes.refreshAll();
      slots.sessionStarted();
      hub.refreshAll();
    },
    onLost() {
      metrics.listenerUp.set(0);
      gallery.setListening(false);
    },
  });
  const rateLimits = createRateLimiter({
    ...deps,
    createCounter: createRequestCounters({
      database,
      log: (error) => log.warn({ err: error }, 'the rate limit store failed; this process counts alone'),
    }),
  });
  let draining = false;

  const apps = createApps({
    handlers: createHandlers({
      ...deps,
      database: replicated.database,
      queueView,
      readForecast: () => forecast.read(),
      present,
      presentAvatar,
      hub,
      metrics,
      accounts,
      limitsLeft: rateLimits.left,
      countRequests: rateLimits.more,
      countVisitorReport: rateLimits.visitorReport,
      countSharedImage: rateLimits.sharedImage,
      archives: createArchives(),
      gallery,
      outcomes,
      lateAcceptances: createLateAcceptances((error) =>
        log.warn({ err: error }, 'an acceptance could not be marked; trying again'),
      ),
      featureSwitches,
      readProviderHealth,
      budgets,
      readImage: createReadImage(decoder, createDecodeTurns(session, 'upload')),
      convertImage: createReadImage(decoder, createDecodeTurns(session, 'conversion')),
    }),
    authenticate: createAuthenticate({ verify: deps.verify, accounts, keyHolders }),
    signedBodies: {
      receiveReplicate:
        replicateWebhookSecret === undefined
          ? undefined
          : createReadSignedBody(standardSignature(replicateWebhookSecret)),
      receiveFal:
        falWebhook === undefined
          ? undefined
          : createReadSignedBody(falSignature(falWebhook.userId, createFalKeys({ url: falWebhook.keysUrl }))),
    },
    rateLimiter: rateLimits.limit,
    countDenied: rateLimits.denied,
    replicated,
    formMemory: createMemoryBudget(FORM_MEMORY_BYTES, FORM_MEMORY_SHARE_BYTES),
    openings: createOpenings(),
    slots: {
      creating: createRequestSlots(deps.creatingSlots ?? SLOTS.creating),
      other: createRequestSlots(SLOTS.other),
    },
    readiness: createReadiness({
      postgres: () => database.ping(),
      temporal: () => workflows.healthCheck(),
      gcs: () => store.healthCheck(),
    }),
    draining: () => draining,
    metrics,
    log,
    webOrigin: deps.webOrigin,
    trustedProxies: deps.trustedProxies,
    requestsPerMinute: deps.requestsPerMinute,
    allowedHosts: deps.allowedHosts,
  });
  return {
    ...apps,
    drain() {
      draining = true;
      hub.close();
    },
    async close() {
      decoder.close();
      await listener.close();
    },
  };
}
