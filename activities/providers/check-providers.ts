import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isRemote, type ProviderName } from '#domain/provider/provider.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { CircuitBreakers } from '#drizzle/stores/circuit-breakers.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { ProviderFailure, type ImageProvider } from './port.ts';

export interface CheckProvidersDeps {
  readonly providers: ReadonlyMap<ProviderName, ImageProvider>;
  readonly featureSwitches: Pick<FeatureSwitches, 'switchedOn'>;
  readonly circuits: Pick<CircuitBreakers, 'checked'>;
  readonly log: Logger;
}

/** A little longer than the interval in temporal/client/schedules.ts, so that a failed check applies until the next one. */
const CHECK_VALID_MS = 65_000;
/** Health checks usually take tenths of a second. */
const CALL_TIMEOUT_MS = 5_000;
/** A second try, so that one lost packet does not open the circuit for all users. */
const SECOND_TRY_AFTER_MS = 1_000;

/**
 * Health-checks every configured remote provider at no cost. A failed check opens the provider's circuit breaker, a successful one
 * lets the next call probe it. A rate-limited provider counts as healthy.
 *
 * @returns per provider, `well` or the kind of failure
 */
export function createCheckProviders({ providers, featureSwitches, circuits, log }: CheckProvidersDeps) {
  return async function checkProviders(): Promise<Record<string, string>> {
    const remote = [...providers.values()].filter(({ name }) => isRemote(name));
    const on = await featureSwitches.switchedOn(remote.map(({ name }) => name));
    const checks = remote
      .filter(({ name }) => on.includes(name))
      .map(async (provider): Promise<[ProviderName, ProviderFailureKind | 'well']> => {
        const failure = await failureOf(provider);
        if (failure) log.warn({ provider: provider.name, kind: failure.kind }, 'a provider failed its health check');
        await circuits.checked(provider.name, failure ?? null, CHECK_VALID_MS);
        return [provider.name, failure?.kind ?? 'well'];
      });
    return Object.fromEntries(await Promise.all(checks));
  };
}

async function failureOf(provider: ImageProvider): Promise<ProviderFailure | undefined> {
  if ((await failedCheck(provider)) === undefined) return undefined;
  await sleep(SECOND_TRY_AFTER_MS);
  return failedCheck(provider);
}

async function failedCheck(provider: ImageProvider): Promise<ProviderFailure | undefined> {
  try {
    await provider.healthCheck(AbortSignal.timeout(CALL_TIMEOUT_MS));
    return undefined;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.kind === 'rate_limited') return undefined;
    // Only our own timeout aborts the call.
    return error.kind === 'cancelled' ? new ProviderFailure('timeout', error.message, { cause: error }) : error;
  }
}
