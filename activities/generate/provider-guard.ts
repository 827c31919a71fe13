import type { Logger } from 'pino';
import type { Budgets } from '#domain/provider/budget.ts';
import { isRemote } from '#domain/provider/provider.ts';
import type { CircuitBreakers, ProviderCall } from '#drizzle/stores/circuit-breakers.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Bounds } from '#drizzle/queries/providers/purchases.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { ProviderFailure } from '../providers/port.ts';

/**
 * Decides whether a paid call may be sent, and reports its outcome to the circuit breakers. A built-in provider is free: only its
 * feature switch applies.
 */
export interface ProviderGuard {
  /**
   * @returns the budgets that the call must fit into
   * @throws ProviderFailure `out_of_service`, `circuit_open` or `model_circuit_open`, before anything is sent
   */
  pass(attempt: Attempt): Promise<Bounds>;
  /** Never throws. */
  delivered(attempt: Attempt): Promise<void>;
  /** Never throws. */
  failed(attempt: Attempt, failure: ProviderFailure): Promise<void>;
}

export interface ProviderGuardDeps {
  readonly featureSwitches: Pick<FeatureSwitches, 'switchedOn'>;
  readonly circuits: CircuitBreakers;
  readonly budgets: Budgets;
  readonly log: Logger;
}

export function createProviderGuard({ featureSwitches, circuits, budgets, log }: ProviderGuardDeps): ProviderGuard {
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
    async pass(attempt) {
      const { provider } = attempt;
      const [on] = await featureSwitches.switchedOn([provider]);
      if (on === undefined) throw new ProviderFailure('out_of_service', 'The provider is switched off by an admin');
      if (!isRemote(provider)) return {};
      const outcome = await circuits.acquire(providerCallOf(attempt));
      if (outcome === 'provider_open')
        throw new ProviderFailure('circuit_open', "The provider's circuit breaker is open");
      if (outcome === 'model_open')
        throw new ProviderFailure('model_circuit_open', "The model's circuit breaker is open");
      return { totalUsd: budgets.totalUsd, ownUsd: budgets.perProvider?.[provider] };
    },
    delivered: (attempt) => report(attempt, (call) => circuits.delivered(call)),
    failed: (attempt, failure) => report(attempt, (call) => circuits.failed(call, failure)),
  };
}

function providerCallOf({ id, provider, model }: Attempt): ProviderCall {
  return { attemptId: id, provider, model };
}
