import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { API_BASE, INTERNAL_BASE } from '#contract/route.ts';
import { healthRoutes } from './health/routes.ts';
import type { Readiness } from './health/readiness.ts';
import type { ApiMetrics } from './metrics.ts';
import { cors } from './middleware/cors.ts';
import { problemHandler } from './middleware/problem-handler.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog } from './middleware/request-log.ts';
import { mountRoutes, type MountDeps } from './mount.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { notFound } from './problem.ts';

export interface AppDeps extends MountDeps {
  readonly readiness: () => Promise<Readiness>;
  readonly draining: () => boolean;
  readonly metrics: ApiMetrics;
  readonly log: Logger;
  /** The only origin whose pages may call this API from a browser. */
  readonly webOrigin: string | undefined;
  /** The proxies whose X-Forwarded-For is trusted, in Express's notation. */
  readonly trustedProxies: readonly string[];
}

/** Creates the Express application. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...deps.trustedProxies]);
  app.use(requestId(deps.log));
  app.use(requestLog(deps.metrics));
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    }),
  );
  app.use(cors(deps.webOrigin));
  app.use(healthRoutes(deps));
  app.use(openApiRoutes());
  for (const base of [API_BASE, INTERNAL_BASE]) app.use(base, mountRoutes(base, deps));
  app.use(() => {
    throw notFound();
  });
  app.use(problemHandler());
  return app;
}
