import type { Logger } from 'pino';
import type { Budgets } from '#domain/provider/budget.ts';
import type { CircuitBreakers, ProviderCall } from '#drizzle/stores/circuit-breakers.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import { reserveBudget } from '#drizzle/queries/providers/provider-spending.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { ProviderFailure, type ImageProvider } from '../providers/port.ts';

/** What stands between the plan and the paid call, and hears how it went. The illustrator costs nothing and is never kept back but by a switch. */
export interface ProviderGuard {
  /** @throws ProviderFailure out_of_service, circuit_open, model_circuit_open, over_budget; nothing was sent then */
  pass(attempt: Attempt, provider: Pick<ImageProvider, 'name' | 'estimateCost'>): Promise<void>;
  /** Neither of both throws. */
  delivered(attempt: Attempt): Promise<void>;
  failed(attempt: Attempt, failure: ProviderFailure): Promise<void>;
}

export interface ProviderGuardDeps {
  readonly database: Database;
  readonly featureSwitches: Pick<FeatureSwitches, 'switchedOn'>;
  readonly circuits: CircuitBreakers;
  readonly budgets: Budgets;
  readonly log: Logger;
}

export function createProviderGuard({
  database,
  featureSwitches,
  circuits,
  budgets,
  log,
}: ProviderGuardDeps): ProviderGuard {
  /** Best effort: what a circuit was not told it hears from the next one, and an image must not wait for that. */
  async function noted(attempt: Attempt, tell: (input: ProviderCall) => Promise<void>): Promise<void> {
    if (attempt.provider === 'illustrator') return;
    await tell(providerCallOf(attempt)).catch((error: unknown) => {
      log.warn({ err: error, provider: attempt.provider, attemptId: attempt.id }, 'a circuit could not be told');
    });
  }

  return {
    async pass(attempt, { name, estimateCost }) {
      const [on] = await featureSwitches.switchedOn([name]);
      if (on === undefined) throw new ProviderFailure('out_of_service', 'switched off by an admin');
      if (name === 'illustrator') return;
      const outcome = await circuits.acquire(providerCallOf(attempt));
      if (outcome === 'provider_open') throw new ProviderFailure('circuit_open', 'the provider fails at present');
      if (outcome === 'model_open') throw new ProviderFailure('model_circuit_open', 'the model fails at present');
      const bounds = { totalUsd: budgets.totalUsd, ownUsd: budgets.perProvider?.[name] };
      if (await reserveBudget(database, attempt.id, estimateCost(attempt), bounds)) return;
      throw new ProviderFailure('over_budget', "the day's budget would not do");
    },
    delivered: (attempt) => noted(attempt, (input) => circuits.delivered(input)),
    failed: (attempt, failure) => noted(attempt, (input) => circuits.failed(input, failure)),
  };
}

function providerCallOf({ id, provider, model }: Attempt): ProviderCall {
  return { attemptId: id, provider, model };
}
