import express, { Router, type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { API_BASE, INTERNAL_BASE } from '#contract/route.ts';
import { allowHosts } from '#process/allowed-hosts.ts';
import { HEALTH_PATHS, healthRoutes, metricsRoute } from './health/routes.ts';
import type { Readiness } from './health/readiness.ts';
import type { ApiMetrics } from './metrics.ts';
import { limitAddresses } from './middleware/address-limit.ts';
import { cors } from './middleware/cors.ts';
import { problemHandler } from './middleware/problem-handler.ts';
import { requestId } from './middleware/request-id.ts';
import { requestSpan } from './middleware/request-span.ts';
import { requestLog } from './middleware/request-log.ts';
import { mountRoutes, type MountDeps } from './mount.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { notFound } from './problem.ts';

export interface AppDeps extends Omit<MountDeps, 'listener'> {
  readonly readiness: () => Promise<Readiness>;
  readonly draining: () => boolean;
  readonly metrics: ApiMetrics;
  readonly log: Logger;
  /** The only origin whose pages may call this API from a browser. */
  readonly webOrigin: string | undefined;
  /** The proxies whose X-Forwarded-For is trusted, in Express's notation. */
  readonly trustedProxies: readonly string[];
  /** Of an address, to what needs no token. */
  readonly requestsPerMinute: number;
  /** Host names besides loopback's, for a demo; undefined: every one. */
  readonly allowedHosts?: readonly string[] | undefined;
}

export interface Apps {
  /** For browsers and everybody's programs. */
  readonly app: Express;
  /** For other services, which it alone accepts, and for Prometheus: everything of `app`, the internal routes and the metrics. */
  readonly internalApp: Express;
}

/** Creates the Express applications of the two listeners. */
export function createApps(deps: AppDeps): Apps {
  const health = healthRoutes(deps);
  const documents = openApiRoutes();
  // Whoever floods the documents must not make a load balancer at the same address believe that this process is ill.
  const [probeLimit, limit] = [limitAddresses(deps.requestsPerMinute), limitAddresses(deps.requestsPerMinute)];
  const external = Router()
    .use(API_BASE, mountRoutes(API_BASE, { ...deps, listener: 'external' }))
    .use(HEALTH_PATHS, probeLimit)
    .use(health)
    .use(limit, documents);
  const internal = Router()
    .use(API_BASE, mountRoutes(API_BASE, { ...deps, listener: 'internal' }))
    .use(health, documents, metricsRoute(deps))
    .use(INTERNAL_BASE, mountRoutes(INTERNAL_BASE, { ...deps, listener: 'internal' }));
  return { app: createApp(deps, external), internalApp: createApp(deps, internal) };
}

function createApp(deps: AppDeps, router: Router): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...deps.trustedProxies]);
  app.use(allowHosts(deps.allowedHosts));
  app.use(requestId(deps.log));
  app.use(requestSpan());
  app.use(requestLog(deps.metrics));
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    }),
  );
  app.use(cors(deps.webOrigin));
  app.use(router);
  app.use(() => {
    throw notFound();
  });
  app.use(problemHandler());
  return app;
}
