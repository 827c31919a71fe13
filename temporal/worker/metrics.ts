import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { allowHosts } from '#process/allowed-hosts.ts';
import type { Measurements } from '#activities/measurements.ts';
import { FAILURE_CODES } from '#domain/generation/failure.ts';
import { type ConnectionsRead, createConnectionMetrics } from '#process/connection-metrics.ts';
import { createUpkeepMetrics } from './upkeep-metrics.ts';

/** From a local activity's milliseconds to a provider's minutes. */
const STAGE_BUCKETS_SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** From a fast model's second to a provider's timeout. */
const LATENCY_BUCKETS_SECONDS = [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 240];

/**
 * The worker's Prometheus metrics.
 * @param oldestHoldAge called at each scrape; seconds
 */
export function createMetrics(
  oldestHoldAge: () => Promise<number> = async () => 0,
  connections: ConnectionsRead = () => ({ total: 0, idle: 0, waiting: 0 }),
): {
  registry: Registry;
  measurements: Measurements;
} {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const generations = new Counter({
    name: 'avatar_generations_total',
    help: 'Generations that became final, by outcome and, of failed ones, by the code of the failure',
    labelNames: ['outcome', 'code'],
    registers,
  });
  // Prometheus sees no increase in a counter that appears with its first increment.
  for (const outcome of ['completed', 'cancelled']) generations.inc({ outcome, code: '' }, 0);
  for (const code of FAILURE_CODES) generations.inc({ outcome: 'failed', code }, 0);
  const attempts = new Counter({
    name: 'avatar_provider_attempts_total',
    help: 'Attempts at providers that ended, sent or not, by provider, model and outcome',
    labelNames: ['provider', 'model', 'outcome'],
    registers,
  });
  const latencies = new Histogram({
    name: 'avatar_provider_latency_seconds',
    help: 'From the sending of a request to a provider until its image is stored, by provider and model',
    labelNames: ['provider', 'model'],
    buckets: LATENCY_BUCKETS_SECONDS,
    registers,
  });
  const cost = new Counter({
    name: 'avatar_provider_cost_usd_total',
    help: 'What delivered images cost at providers, US dollars, by provider and model',
    labelNames: ['provider', 'model'],
    registers,
  });
  createConnectionMetrics(registry, connections);
  const stages = new Histogram({
    name: 'avatar_stage_duration_seconds',
    help: 'How long each stage of a generation took',
    labelNames: ['stage'],
    buckets: STAGE_BUCKETS_SECONDS,
    registers,
  });
  return {
    registry,
    measurements: {
      attemptEnded: (attempt) => attempts.inc(attempt),
      imageDelivered({ provider, model, costUsd, latencyMs }) {
        latencies.observe({ provider, model }, latencyMs / 1000);
        cost.inc({ provider, model }, costUsd ?? 0);
      },
      generationEnded: (ended) =>
        generations.inc({ outcome: ended.outcome, code: ended.outcome === 'failed' ? ended.code : '' }),
      stageTook: (stage, seconds) => stages.observe({ stage }, seconds),
      ...createUpkeepMetrics(registry, oldestHoldAge),
    },
  };
}

/**
 * Serves `/metrics` and `/healthz`, which responds 503 while `isHealthy` is false.
 * @param hosts names besides loopback's, as `allowHosts` has them: on a loopback address, no website reads the metrics by DNS rebinding
 * @param sdkMetrics those of the Temporal SDK, added to our own
 */
export function metricsHandler(
  registry: Registry,
  isHealthy: () => boolean,
  hosts: readonly string[] | undefined,
  sdkMetrics: () => Promise<string> = async () => '',
): RequestListener {
  const allow = allowHosts(hosts);
  return (request, response) => allow(request, response, () => answer(request, response));

  function answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/healthz') {
      response
        .writeHead(isHealthy() ? 200 : 503, { 'content-type': 'text/plain' })
        .end(isHealthy() ? 'ok' : 'not running');
      return;
    }
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    Promise.all([registry.metrics(), sdkMetrics()]).then(
      ([own, sdk]) => response.writeHead(200, { 'content-type': registry.contentType }).end(`${own}${sdk}`),
      () => response.writeHead(500).end(),
    );
  }
}
