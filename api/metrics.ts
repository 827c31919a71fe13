import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds. A POST waits up to 3 s for its outcome; everything else should be far below. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ADMISSION_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5];

export type ApiMetrics = ReturnType<typeof createMetrics>;

/**
 * The API's metrics.
 * @param queueDepth called at each scrape: waiting generations by priority; undefined while the database is unavailable
 */
export function createMetrics(queueDepth: () => Promise<readonly { priority: number; count: number }[] | undefined>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const waiting = new Gauge({
    name: 'avatar_queue_depth',
    help: 'Generations waiting for a provider',
    labelNames: ['priority'],
    registers,
    async collect() {
      const depth = await queueDepth();
      waiting.reset();
      for (const { priority, count } of depth ?? []) waiting.set({ priority: String(priority) }, count);
    },
  });
  return {
    registry,
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
