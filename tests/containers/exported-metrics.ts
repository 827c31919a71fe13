import { parser } from '@prometheus-io/lezer-promql';
import { createMetrics as createApiMetrics } from '#api/metrics.ts';
import { createStateMetrics } from '#api/state-metrics.ts';
import { createMetrics as createWorkerMetrics } from '#temporal/worker/metrics.ts';

/** The metrics of API and workers, without the suffixes of histograms. */
export async function ownMetrics(): Promise<string[]> {
  const api = createApiMetrics({
    queueDepth: async () => [],
    flaggedAccounts: async () => undefined,
    recommendedWorkers: async () => undefined,
  });
  createStateMetrics(api.registry, {
    oldestWaiting: async () => [],
    openCircuits: async () => 0,
    spentShares: async () => ({}),
    storageBytes: async () => ({}),
    heldCredits: async () => 0,
    databaseBytes: async () => 0,
    connections: () => ({ total: 0, idle: 0, waiting: 0 }),
  });
  const registries = [api.registry, createWorkerMetrics().registry];
  const metrics = await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()));
  return metrics.flat().map(({ name }) => name);
}

/** The metrics that an expression reads, without the suffixes of histograms. @throws Error if it is not PromQL */
export function metricsIn(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`not PromQL at character ${node.from}: ${expression}`);
      if (node.name !== 'VectorSelector') return;
      const text = expression.slice(node.from, node.to);
      names.push(/^\w+/.exec(text)?.[0].replace(/_(bucket|sum|count)$/, '') ?? text);
    },
  });
  return names;
}
