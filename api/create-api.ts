import type { Express } from 'express';
import type { Logger } from 'pino';
import type { ImageStore } from '../activities/storage/port.ts';
import type { Prices } from '../domain/pricing.ts';
import type { ProviderName } from '../domain/provider.ts';
import type { Database } from '../drizzle/database.ts';
import { readGallery } from '../drizzle/queries/presets.ts';
import type { GenerationWorkflows } from '../temporal/generation-workflows.ts';
import { createApp } from './app.ts';
import { createAccounts } from './auth/accounts.ts';
import type { DemoTokens } from './auth/demo-tokens.ts';
import type { TokenVerifier } from './auth/token-verifier.ts';
import { presentAvatars } from './avatars/present.ts';
import { listenForChanges } from './events/change-listener.ts';
import { createEventHub } from './events/hub.ts';
import { createLiveReads } from './events/live-reads.ts';
import { presentGenerations } from './generations/present.ts';
import { createHandlers } from './handlers.ts';
import { createReadiness } from './health/readiness.ts';
import { createMetrics } from './metrics.ts';
import { createAuthenticate } from './middleware/authenticate.ts';
import { createRateLimiter } from './middleware/rate-limit.ts';
import { createLine } from './queue/line.ts';

import { createGallery } from './presets/gallery.ts';
export interface ApiDeps {
  readonly database: Database;
  /** Where to LISTEN: direct to the server, not through a pooler. */
  readonly listenUrl: string;
  readonly workflows: GenerationWorkflows;
  readonly store: ImageStore;
  readonly verify: TokenVerifier;
  /** Undefined where an identity provider signs people in. */
  readonly demoTokens: DemoTokens | undefined;
  readonly oidcIssuer: string | undefined;
  readonly providers: readonly ProviderName[];
  readonly prices: Prices;
  readonly requestsPerMinute: number;
  readonly webOrigin: string | undefined;
  readonly log: Logger;
}

export interface Api {
  readonly app: Express;
  /** Says "not ready" from now on and ends the event streams; requests are still answered. */
  drain(): void;
  /** Stops listening to the database; the database itself is the caller's. */
  close(): Promise<void>;
}

/** The whole API from its outside parts: handlers, streams, health. Starts listening for changes at once. */
export function createApi(deps: ApiDeps): Api {
  const { database, workflows, store, log } = deps;
  const line = createLine(database);
  const metrics = createMetrics(async () => {
    try {
      return (await line.load()).waiting;
    } catch {
      return undefined;
    }
  });
  const presentAvatar = presentAvatars(store);
  const present = presentGenerations({ database, line, presentAvatar });
  const hub = createEventHub({
    reads: createLiveReads({ database, present, line }),
    log,
    onCount: (streams) => metrics.eventStreams.set(streams),
  });
  const listener = listenForChanges({
    connectionString: deps.listenUrl,
    log,
    onChange(change) {
      if (change.channel === 'gallery') return gallery.changed();
      if (change.channel !== 'account') return hub.changed(change);
      accounts.forget(change.accountId);
      hub.endAccount(change.accountId);
    },
  const accounts = createAccounts(database);
  const gallery = createGallery(() => readGallery(database));
    onConnected() {
      metrics.listenerUp.set(1);
      hub.refreshAll();
    },
    onLost() {
      metrics.listenerUp.set(0);
      gallery.listening(false);
    },
  });
      accounts.forgetAll();
      gallery.listening(true);
  let draining = false;

  const app = createApp({
    handlers: createHandlers({ ...deps, line, present, presentAvatar, hub, metrics }),
    authenticate: createAuthenticate({ verify: deps.verify, accounts: createAccounts(database) }),
    rateLimiter: createRateLimiter(deps),
    readiness: createReadiness({
      postgres: () => database.ping(),
      temporal: () => workflows.healthCheck(),
      gcs: () => store.healthCheck(),
    }),
    draining: () => draining,
    metrics,
    log,
    webOrigin: deps.webOrigin,
  });
  return {
    app,
    drain() {
      draining = true;
      hub.close();
    },
    close: () => listener.close(),
  };
}
