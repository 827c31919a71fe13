import { Gauge, type Registry } from 'prom-client';
import { FIRST_PRIORITY, LAST_PRIORITY, type Tier, TIERS } from '#domain/generation/tier.ts';
import { type ConnectionsRead, createConnectionMetrics } from '#process/connection-metrics.ts';

/** What is read at each scrape, the same from every API process. Each may reject: then its series are absent. */
export interface StateReads {
  /** How long the oldest generation of each priority has waited, seconds; priorities without one are omitted. */
  readonly oldestWaiting: () => Promise<readonly { readonly priority: number; readonly seconds: number }[]>;
  readonly openCircuits: () => Promise<number>;
  /** Of the day's budget, by provider: 1 when all of it is spent. */
  readonly spentShares: () => Promise<Readonly<Record<string, number>>>;
  /** By the tier of the account. */
  readonly storageBytes: () => Promise<Readonly<Partial<Record<Tier, number>>>>;
  readonly heldCredits: () => Promise<number>;
  readonly databaseBytes: () => Promise<number>;
  readonly connections: ConnectionsRead;
}

/** Gauges of what is in the database, for alerts. A gauge without a label is zero rather than missing. */
export function createStateMetrics(registry: Registry, reads: StateReads): void {
  const registers = [registry];
  const oldest = new Gauge({
    name: 'avatar_queue_oldest_seconds',
    help: 'How long the oldest waiting generation has waited, by priority',
    labelNames: ['priority'],
    registers,
    async collect() {
      const waiting = await reads.oldestWaiting().catch(() => undefined);
      oldest.reset();
      if (waiting === undefined) return;
      for (let priority = FIRST_PRIORITY; priority <= LAST_PRIORITY; priority += 1) {
        const seconds = waiting.find((each) => each.priority === priority)?.seconds ?? 0;
        oldest.set({ priority: String(priority) }, seconds);
      }
    },
  });
  const spent = new Gauge({
    name: 'avatar_provider_budget_spent_ratio',
    help: "Share of the day's budget that is spent, by provider; 0 without a budget",
    labelNames: ['provider'],
    registers,
    async collect() {
      const shares = await reads.spentShares().catch(() => ({}));
      spent.reset();
      for (const [provider, share] of Object.entries(shares)) spent.set({ provider }, share);
    },
  });
  const storage = new Gauge({
    name: 'avatar_storage_bytes',
    help: "Bytes in the bucket that the database knows of, by their account's tier",
    labelNames: ['tier'],
    registers,
    async collect() {
      const bytes = await reads.storageBytes().catch(() => undefined);
      storage.reset();
      if (bytes !== undefined) for (const tier of TIERS) storage.set({ tier }, bytes[tier] ?? 0);
    },
  });
  createConnectionMetrics(registry, reads.connections);
  scalar('avatar_open_circuits', 'Models whose circuit breaker is open', reads.openCircuits);
  scalar('avatar_held_credits', 'Credits that are held for generations that have not ended', reads.heldCredits);
  scalar('avatar_database_bytes', 'Size of the database', reads.databaseBytes);

  function scalar(name: string, help: string, read: () => Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await read().catch(() => undefined);
        if (value === undefined) gauge.remove();
        else gauge.set(value);
      },
    });
  }
}
