import {
  acquirePermission,
  noteCheck,
  noteFailure,
  noteNoResult,
  noteSuccess,
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

/** All workers see a change within this, ms. */
const CACHED_MS = 1_000;

/** One paid call. */
export interface ProviderCall extends PlannedModel {
  readonly attemptId: string;
}

interface ProviderFailure {
  readonly kind: ProviderFailureKind;
  readonly retryAfterMs?: number | undefined;
}

/** Whether a call may be sent, or which circuit forbids it. */
type CircuitPermission = 'go' | 'provider_open' | 'model_open';

/** The circuit breakers of all providers. Reads may be {@link CACHED_MS} old; changes are written at once. */
export interface CircuitBreakers {
  /** Whether the call may be sent now. A half-open circuit permits one call (the probe) across all workers. */
  acquire(call: ProviderCall): Promise<CircuitPermission>;
  delivered(call: ProviderCall): Promise<void>;
  failed(call: ProviderCall, failure: ProviderFailure): Promise<void>;
  /** Records a health check. @param failure null if it succeeded @param checkEveryMs interval of the checks, ms */
  checked(provider: ProviderName, failure: ProviderFailure | null, checkEveryMs: number): Promise<void>;
}

export function createCircuitBreakers(database: Database): CircuitBreakers {
  const circuits = createTtlCache(CACHED_MS, async () => ({
    ...(await readCircuits(database)),
    readAt: performance.now(),
  }));

  async function readBoth({ provider, model }: PlannedModel) {
    const { rows, nowMs, readAt } = await circuits.read();
    const circuitOf = (name: string | null) =>
      rows.find((row) => row.provider === provider && row.model === name)?.circuit ?? null;
    return { nowMs: nowMs + performance.now() - readAt, ofProvider: circuitOf(null), ofModel: circuitOf(model) };
  }

  async function change(key: CircuitKey, next: Parameters<typeof changeCircuit>[2], failure?: ProviderFailureKind) {
    await changeCircuit(database, key, next, failure);
    circuits.invalidate();
  }

  /** Decides from the cache, or from the row itself if the call may be the probe. */
  async function acquireCircuit(
    key: CircuitKey,
    circuit: Circuit | null,
    { attemptId }: ProviderCall,
    nowMs: number,
  ): Promise<boolean> {
    if (circuit === null || circuit.openUntilMs === null) return true;
    if (circuit.openUntilMs > nowMs) return false;
    let permitted = false;
    await change(key, (now, atMs) => {
      const permission = acquirePermission(now, attemptId, atMs);
      permitted = permission.kind === 'go';
      return permission.kind === 'go' ? permission.circuit : now;
    });
    return permitted;
  }

  /** Changes the provider's and the model's circuit, where `applies`. */
  async function changeBoth(
    call: ProviderCall,
    applies: (circuit: Circuit) => boolean,
    next: (circuit: Circuit) => Circuit,
  ) {
    const { provider, model } = call;
    const { ofProvider, ofModel } = await readBoth(call);
    if (ofProvider !== null && applies(ofProvider)) await change({ provider, model: null }, next);
    if (ofModel !== null && applies(ofModel)) await change({ provider, model }, next);
  }

  const delivered = (call: ProviderCall) =>
    changeBoth(
      call,
      ({ failures, openUntilMs }) => failures > 0 || openUntilMs !== null,
      (circuit) => noteSuccess(circuit, call.attemptId),
    );
  const endedInconclusively = (call: ProviderCall) =>
    changeBoth(
      call,
      ({ probe }) => probe === call.attemptId,
      (circuit) => noteNoResult(circuit, call.attemptId),
    );

  return {
    delivered,
    async acquire(call) {
      const { provider, model, attemptId } = call;
      const { nowMs, ofProvider, ofModel } = await readBoth(call);
      if (!(await acquireCircuit({ provider, model: null }, ofProvider, call, nowMs))) return 'provider_open';
      if (await acquireCircuit({ provider, model }, ofModel, call, nowMs)) return 'go';
      // The call may have become the provider's probe, but will not be sent.
      if (ofProvider?.openUntilMs != null) {
        await change({ provider, model: null }, (circuit) => noteNoResult(circuit, attemptId));
      }
      return 'model_open';
    },
    async failed(call, { kind, retryAfterMs }) {
      const { provider, model, attemptId } = call;
      const rule = PROVIDER_FAILURE_RULES[kind].circuit;
      if (rule === 'works') return delivered(call);
      if (rule === 'unaffected') return endedInconclusively(call);
      const blamed = { provider, model: rule === 'model' ? model : null };
      await change(blamed, (circuit, nowMs) => noteFailure(circuit, { attemptId, retryAfterMs }, nowMs), kind);
      // If the call was the other circuit's probe, it ended without telling anything about that circuit.
      await endedInconclusively(call);
    },
    async checked(provider, failure, checkEveryMs) {
      await recordProviderCheck(database, provider, failure?.kind ?? null);
      const check = { good: failure === null, retryAfterMs: failure?.retryAfterMs, checkEveryMs };
      await change({ provider, model: null }, (circuit, nowMs) => noteCheck(circuit, check, nowMs), failure?.kind);
    },
  };
}
