import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { FIRST_PRIORITY, LAST_PRIORITY } from '#domain/generation/tier.ts';
import type { VelocityFlag } from '#domain/moderation/abuse.ts';

/** Seconds. A POST waits up to 3 s for its outcome; everything else should be far below. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ADMISSION_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5];

export type ApiMetrics = ReturnType<typeof createMetrics>;

/** Read at each scrape; undefined while the database is unavailable. */
interface MetricsReads {
  /** Waiting generations by priority. */
  readonly queueDepth: () => Promise<readonly { priority: number; count: number }[] | undefined>;
  /** Accounts that are flagged to admins, by flag. */
  readonly flaggedAccounts: () => Promise<Readonly<Record<VelocityFlag, number>> | undefined>;
  /** By the forecast of this hour and the next. */
  readonly recommendedWorkers: () => Promise<number | undefined>;
}

/** The API's metrics. */
export function createMetrics({ queueDepth, flaggedAccounts, recommendedWorkers }: MetricsReads) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const waiting = new Gauge({
    name: 'avatar_queue_depth',
    help: 'Admitted generations waiting for a provider, by priority; absent while the database is unavailable',
    labelNames: ['priority'],
    registers,
    async collect() {
      const depth = await queueDepth();
      waiting.reset();
      if (depth === undefined) return;
      // An empty queue is zero, not a series that is missing: alerts and graphs can't tell that from a database that is away.
      for (let priority = FIRST_PRIORITY; priority <= LAST_PRIORITY; priority += 1) {
        const count = depth.find((each) => each.priority === priority)?.count ?? 0;
        waiting.set({ priority: String(priority) }, count);
      }
    },
  });
  const workers: Gauge = new Gauge({
    name: 'avatar_recommended_workers',
    help: 'Workers for the forecast load of this hour and the next; absent while the database is unavailable',
    registers,
    async collect() {
      const count = await recommendedWorkers();
      if (count === undefined) workers.remove();
      else workers.set(count);
    },
  });
  const flagged = new Gauge({
    name: 'avatar_flagged_accounts',
    help: 'Accounts with unusual activity in the last hour or day, by flag; the same from every API process',
    labelNames: ['flag'],
    registers,
    async collect() {
      const accounts = await flaggedAccounts();
      flagged.reset();
      for (const [flag, count] of Object.entries(accounts ?? {})) flagged.set({ flag }, count);
    },
  });
  return {
    registry,
    topups: new Counter({
      name: 'avatar_api_topups_total',
      help: 'Reported payments by outcome: posted, replayed, conflict, account_erased',
      labelNames: ['outcome'],
      registers,
    }),
    topupCredits: new Counter({
      name: 'avatar_api_topup_credits_total',
      help: 'Credits posted for payments',
      registers,
    }),
    requestDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of requests by method, route and status; a stream is counted when it ends',
      labelNames: ['method', 'route', 'status'],
      buckets: REQUEST_BUCKETS,
      registers,
    }),
    eventStreams: new Gauge({ name: 'avatar_api_event_streams', help: 'Open event streams', registers }),
    droppedStreams: new Counter({
      name: 'avatar_api_event_streams_dropped_total',
      help: 'Event streams closed because their client read too slowly',
      registers,
    }),
    listenerUp: new Gauge({
      name: 'avatar_api_listener_up',
      help: '1 while the LISTEN connection to the database is open',
      registers,
    }),
    signingCertificateExpiry: new Gauge({
      name: 'avatar_api_signing_certificate_expiry_timestamp_seconds',
      help: 'When the certificate that signs downloads expires; 0 where downloads are not signed',
      registers,
    }),
    starts: new Counter({
      name: 'avatar_api_generation_starts_total',
      help: 'Generation requests by outcome of their admission: admitted, refused, accepted (no outcome yet), settled, replayed',
      labelNames: ['outcome'],
      registers,
    }),
    admissionDuration: new Histogram({
      name: 'avatar_api_admission_seconds',
      help: 'Duration of admission, from the stored request to the outcome',
      labelNames: ['outcome'],
      buckets: ADMISSION_BUCKETS,
      registers,
    }),
  };
}
