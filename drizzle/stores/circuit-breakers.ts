import {
  acquirePermission,
  noteCheck,
  noteFailing,
  noteNothing,
  noteWorking,
  type Circuit,
} from '#domain/provider/circuit-breaker.ts';
import { PROVIDER_FAILURE_RULES, type ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '../connection/database.ts';
import {
  changeCircuit,
  recordProviderCheck,
  readCircuits,
  type CircuitKey,
} from '../queries/providers/provider-circuits.ts';
import { createTtlCache } from './ttl-cache.ts';

/** All workers agree within this, ms. */
const CACHED_MS = 1_000;

/** One paid call. */
export interface ProviderCall extends PlannedModel {
  readonly attemptId: string;
}

interface Ended {
  readonly kind: ProviderFailureKind;
  readonly retryAfterMs?: number | undefined;
}

/** Whose circuit keeps an order back. */
type CircuitPermission = 'go' | 'provider_open' | 'model_open';

/** The circuits of all providers as this process knows them, at most {@link CACHED_MS} old; changes are written at once. */
export interface CircuitBreakers {
  /** May this leave now? Where a circuit is half-open, one of all workers' orders may. */
  acquire(call: ProviderCall): Promise<CircuitPermission>;
  delivered(call: ProviderCall): Promise<void>;
  failed(call: ProviderCall, failure: Ended): Promise<void>;
  /** @param failure null: the free call went well; @param checkEveryMs from one to the next */
  checked(provider: ProviderName, failure: Ended | null, checkEveryMs: number): Promise<void>;
}

export function createCircuitBreakers(database: Database): CircuitBreakers {
  const known = createTtlCache(CACHED_MS, async () => ({
    ...(await readCircuits(database)),
    readAt: performance.now(),
  }));

  async function view({ provider, model }: PlannedModel) {
    const { rows, nowMs, readAt } = await known.read();
    const of = (wanted: string | null) =>
      rows.find((row) => row.provider === provider && row.model === wanted)?.circuit ?? null;
    return { nowMs: nowMs + performance.now() - readAt, whole: of(null), own: of(model) };
  }

  async function change(key: CircuitKey, next: Parameters<typeof changeCircuit>[2], failure?: ProviderFailureKind) {
    await changeCircuit(database, key, next, failure);
    known.forget();
  }

  /** By what is known, or where it may be a probe, by the row itself. */
  async function enter(
    key: CircuitKey,
    circuit: Circuit | null,
    { attemptId }: ProviderCall,
    nowMs: number,
  ): Promise<boolean> {
    if (circuit === null || circuit.openUntilMs === null) return true;
    if (circuit.openUntilMs > nowMs) return false;
    let may = false;
    await change(key, (now, atMs) => {
      const permission = acquirePermission(now, attemptId, atMs);
      may = permission.kind === 'go';
      return permission.kind === 'go' ? permission.circuit : now;
    });
    return may;
  }

  /** Both of the provider's circuits, where they have anything to hear. */
  async function tellBoth(
    call: ProviderCall,
    hears: (circuit: Circuit) => boolean,
    next: (circuit: Circuit) => Circuit,
  ) {
    const { provider, model } = call;
    const { whole, own } = await view(call);
    if (whole !== null && hears(whole)) await change({ provider, model: null }, next);
    if (own !== null && hears(own)) await change({ provider, model }, next);
  }

  const delivered = (call: ProviderCall) =>
    tellBoth(
      call,
      ({ failures, openUntilMs }) => failures > 0 || openUntilMs !== null,
      (circuit) => noteWorking(circuit, call.attemptId),
    );
  const endedUnsaid = (call: ProviderCall) =>
    tellBoth(
      call,
      ({ probe }) => probe === call.attemptId,
      (circuit) => noteNothing(circuit, call.attemptId),
    );

  return {
    delivered,
    async acquire(call) {
      const { provider, model, attemptId } = call;
      const { nowMs, whole, own } = await view(call);
      if (!(await enter({ provider, model: null }, whole, call, nowMs))) return 'provider_open';
      if (await enter({ provider, model }, own, call, nowMs)) return 'go';
      // It may have become the provider's probe, and will not order after all.
      if (whole?.openUntilMs != null) {
        await change({ provider, model: null }, (circuit) => noteNothing(circuit, attemptId));
      }
      return 'model_open';
    },
    async failed(call, { kind, retryAfterMs }) {
      const { provider, model, attemptId } = call;
      const rule = PROVIDER_FAILURE_RULES[kind].circuit;
      if (rule === 'works') return delivered(call);
      if (rule === 'unsaid') return endedUnsaid(call);
      const blamed = { provider, model: rule === 'model' ? model : null };
      await change(blamed, (circuit, nowMs) => noteFailing(circuit, { attemptId, retryAfterMs }, nowMs), kind);
      // The other circuit's probe has ended as well, and said nothing about it.
      await endedUnsaid(call);
    },
    async checked(provider, failure, checkEveryMs) {
      await recordProviderCheck(database, provider, failure?.kind ?? null);
      const check = { good: failure === null, retryAfterMs: failure?.retryAfterMs, checkEveryMs };
      await change({ provider, model: null }, (circuit, nowMs) => noteCheck(circuit, check, nowMs), failure?.kind);
    },
  };
}
