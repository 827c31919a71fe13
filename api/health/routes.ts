import { Router } from 'express';
import type { ApiMetrics } from '../metrics.ts';
import { ApiProblem } from '../problem.ts';
import { contextOf } from '../request-context.ts';
import type { Readiness } from './readiness.ts';

const RETRY_SECONDS = 5;
export const HEALTH_PATHS = ['/healthz', '/readyz'];
/** Read every few seconds; their log entries and traces would hide all others. */
export const PROBE_PATHS: ReadonlySet<string> = new Set([...HEALTH_PATHS, '/metrics']);

export interface HealthDeps {
  readonly readiness: () => Promise<Readiness>;
  readonly draining: () => boolean;
  readonly metrics: ApiMetrics;
}

/** For orchestrators, at the root: /healthz, /readyz. */
export function healthRoutes({ readiness, draining }: Omit<HealthDeps, 'metrics'>): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    contextOf(res).route = '/healthz';
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    contextOf(res).route = '/readyz';
    const { ready, checks } = await readiness();
    if (draining() || !ready) {
      const detail = draining() ? 'This process is shutting down' : 'The database is unavailable or read-only';
      throw new ApiProblem('unavailable', { detail, retryAfterSeconds: RETRY_SECONDS, members: { checks } });
    }
    res.set('Cache-Control', 'no-store').json({ status: statusOf(checks), checks });
  });
  router.all(HEALTH_PATHS, methodNotAllowed);
  return router;
}

/** For Prometheus, on the internal listener: /metrics. */
export function metricsRoute({ metrics }: Pick<HealthDeps, 'metrics'>): Router {
  const router = Router();
  router.get('/metrics', async (_req, res) => {
    contextOf(res).route = '/metrics';
    const text = await metrics.registry.metrics();
    res.type(metrics.registry.contentType).set('Cache-Control', 'no-store').send(text);
  });
  router.all('/metrics', methodNotAllowed);
  return router;
}

function methodNotAllowed(): never {
  throw new ApiProblem('method_not_allowed', { headers: { Allow: 'GET, HEAD' } });
}

function statusOf(checks: Readiness['checks']): 'ready' | 'degraded' {
  return Object.values(checks).every((state) => state === 'ok') ? 'ready' : 'degraded';
}
