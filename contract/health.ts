import { z } from 'zod';

const part = z.enum(['ok', 'unavailable']);

/** GET /healthz */
export const health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health', examples: [{ status: 'ok' }] });

/** GET /readyz. Degraded: without Temporal, requests are still accepted; without GCS, everything except images is served. */
export const readiness = z
  .strictObject({
    status: z.enum(['ready', 'degraded']),
    checks: z.strictObject({ postgres: part, temporal: part, gcs: part }),
  })
  .meta({
    id: 'Readiness',
    examples: [{ status: 'ready', checks: { postgres: 'ok', temporal: 'ok', gcs: 'ok' } }],
  });
