import type { Logger } from 'pino';
import type { Budgets } from '#domain/provider/budget.ts';
import { isRemote, type ProviderName } from '#domain/provider/provider.ts';
import type { CircuitBreakers, ProviderCall } from '#drizzle/stores/circuit-breakers.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Bounds } from '#drizzle/queries/providers/purchases.ts';
import { ProviderFailure } from '../providers/port.ts';

/** Which calls may be sent although a circuit is open, what they may cost, and their outcome for the circuit breakers. */
export interface ProviderGuard {
  /** The budgets that a call must fit into; none for a built-in provider, which is free. */
  bounds(provider: ProviderName): Bounds;
  /**
   * Permits a call while a circuit was open: as the circuit's probe, or because it has closed.
   * @throws ProviderFailure `circuit_open` or `model_circuit_open`, before anything is sent
   */
  probe(attempt: Attempt): Promise<void>;
  /** Never throws. */
  delivered(attempt: Attempt): Promise<void>;
  /** Never throws. */
  failed(attempt: Attempt, failure: ProviderFailure): Promise<void>;
}

export interface ProviderGuardDeps {
  readonly circuits: CircuitBreakers;
  readonly budgets: Budgets;
  readonly log: Logger;
}

export function createProviderGuard({ circuits, budgets, log }: ProviderGuardDeps): ProviderGuard {
  /** Best effort: the next call reports its outcome as well, and the image must not wait for this one. */
  async function report(attempt: Attempt, send: (call: ProviderCall) => Promise<void>): Promise<void> {
    if (!isRemote(attempt.provider)) return;
    await send(providerCallOf(attempt)).catch((error: unknown) => {
      log.warn(
        { err: error, provider: attempt.provider, attemptId: attempt.id },
        'the outcome could not be reported to the circuit breaker',
      );
    });
  }

  return {
    bounds: (provider) =>
      isRemote(provider) ? { totalUsd: budgets.totalUsd, ownUsd: budgets.perProvider?.[provider] } : {},
    async probe(attempt) {
      const outcome = await circuits.acquire(providerCallOf(attempt));
      if (outcome === 'provider_open')
        throw new ProviderFailure('circuit_open', "The provider's circuit breaker is open");
      if (outcome === 'model_open')
        throw new ProviderFailure('model_circuit_open', "The model's circuit breaker is open");
    },
    delivered: (attempt) => report(attempt, (call) => circuits.delivered(call)),
    failed: (attempt, failure) => report(attempt, (call) => circuits.failed(call, failure)),
  };
}

function providerCallOf({ id, provider, model }: Attempt): ProviderCall {
  return { attemptId: id, provider, model };
}
