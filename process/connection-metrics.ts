import { Gauge, type Registry } from 'prom-client';

/** Connections of a process' pool, and callers that wait for one. */
export type ConnectionsRead = () => { readonly total: number; readonly idle: number; readonly waiting: number };

/** @param read called at each scrape */
export function createConnectionMetrics(registry: Registry, read: ConnectionsRead): void {
  const connections = new Gauge({
    name: 'avatar_database_connections',
    help: 'Connections of this process to the database, and what waits for one, by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(read())) connections.set({ state }, count);
    },
  });
}
