import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ProviderName } from '#domain/provider/provider.ts';
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

/** From one check to the next, as temporal/schedules.ts has it, and a little more: a bad one holds until the next has spoken. */
const CHECK_EVERY_MS = 65_000;
/** These calls answer in tenths of a second. */
const CALL_TIMEOUT_MS = 5_000;
/** One lost packet must not stop a provider for everybody: it is asked twice before it counts as away. */
const SECOND_TRY_AFTER_MS = 1_000;

/**
 * Asks every configured provider something that costs nothing, and tells its circuit: a bad answer opens it, a good one lets the next
 * order probe. A rate limit says that it is there.
 * @returns provider to `well` or the kind of failure
 */
export function createCheckProviders({ providers, featureSwitches, circuits, log }: CheckProvidersDeps) {
  return async function checkProviders(): Promise<Record<string, string>> {
    const remote = [...providers.values()].filter(({ name }) => name !== 'illustrator');
    const on = await featureSwitches.switchedOn(remote.map(({ name }) => name));
    const checks = remote
      .filter(({ name }) => on.includes(name))
      .map(async (provider): Promise<[ProviderName, ProviderFailureKind | 'well']> => {
        const failure = await failureOf(provider);
        if (failure) log.warn({ provider: provider.name, kind: failure.kind }, 'a provider did not pass its check');
        await circuits.checked(provider.name, failure ?? null, CHECK_EVERY_MS);
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
    // Our own patience was over: it does not answer in time.
    return error.kind === 'cancelled' ? new ProviderFailure('timeout', error.message, { cause: error }) : error;
  }
}
