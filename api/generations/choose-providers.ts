import type { CreateGeneration } from '#contract/generation.ts';
import type { Budgets } from '#domain/provider/budget.ts';
import { secondsToWindowEnd } from '#domain/generation/limit-window.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { offeredChoices, type OfferedReference } from '#domain/provider/offers.ts';
import { planProviders, type Choice, type ProviderHealth } from '#domain/provider/provider-plan.ts';
import {
  DEFAULT_OPTIMIZE_FOR,
  DEFAULT_PROVIDER_CHOICE,
  DEFAULT_QUALITY,
  type ProviderName,
} from '#domain/provider/provider.ts';
import type { ReadProviderHealth } from '#drizzle/stores/choice-inputs.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { ApiProblem } from '../problem.ts';

export interface ChooseProvidersDeps {
  /** Providers that are configured. */
  readonly providers: readonly ProviderName[];
  readonly featureSwitches: FeatureSwitches;
  /** Reads the health of the providers and what was spent on them. */
  readonly readProviderHealth: ReadProviderHealth;
  readonly budgets: Budgets;
}

/** The fields of a request that determine its providers. */
export interface ChooseProvidersInput {
  readonly options?: CreateGeneration['options'] | undefined;
  readonly mode?: Mode | undefined;
  readonly strength?: number | undefined;
  readonly reference?: OfferedReference | undefined;
}

/** The provider plan, with the reasons for it. */
export type Chosen = Pick<Choice, 'plan'> & { readonly choice: Choice['notes'] };

/** @throws ApiProblem conflict when no provider supports the request; unavailable when those that do are unavailable now */
export async function chooseProviders(deps: ChooseProvidersDeps, input: ChooseProvidersInput): Promise<Chosen> {
  const { providers, featureSwitches, readProviderHealth, budgets } = deps;
  const [switchedOn, providerHealth] = await Promise.all([featureSwitches.switchedOn(providers), readProviderHealth()]);
  const switchedOff = providers.filter((name) => !switchedOn.includes(name));
  return planFor(input, switchedOn, { ...providerHealth, budgets, switchedOff });
}

/** @throws ApiProblem conflict, unavailable */
export function planFor(
  { options = {}, mode, strength, reference }: ChooseProvidersInput,
  available: readonly ProviderName[],
  providerHealth: ProviderHealth = {},
): Chosen {
  const { provider = DEFAULT_PROVIDER_CHOICE, allowFallback = true } = options;
  const isConfigured = offeredChoices([...available, ...(providerHealth.switchedOff ?? [])]).includes(provider);
  if (!isConfigured) throw notSupported('choose another one');
  const { plan, notes, refused } = planProviders(
    {
      choice: provider,
      optimizeFor: options.optimizeFor ?? DEFAULT_OPTIMIZE_FOR,
      quality: options.quality ?? DEFAULT_QUALITY,
      allowFallback,
      mode,
      reference,
      hasStrength: strength !== undefined,
    },
    available,
    providerHealth,
  );
  if (plan.length > 0) return { plan, choice: notes };
  if (refused) throw providersUnavailable(refused, allowFallback);
  const advice = [provider !== 'auto' && 'choose another one', !allowFallback && 'allow fallback'].filter(Boolean);
  throw notSupported(advice.join(' or '));
}

function notSupported(advice: string): ApiProblem {
  const message = `no available provider supports this request${advice && `: ${advice}`}`;
  return new ApiProblem('conflict', { errors: [{ path: 'options.provider', message }] });
}

/** No provider of the plan is available; nothing was stored or held. */
function providersUnavailable({ by, until }: NonNullable<Choice['refused']>, allowFallback: boolean): ApiProblem {
  const now = new Date();
  const hint = allowFallback ? '' : ' or allow fallback';
  if (by === 'circuit' && until) {
    return new ApiProblem('unavailable', {
      detail: `All suitable providers are unavailable at the moment. Nothing was charged: try again later${hint}`,
      retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
    });
  }
  return new ApiProblem('unavailable', {
    detail: `Today's provider budget is spent. Nothing was charged: try again tomorrow${hint}`,
    retryAfterSeconds: secondsToWindowEnd('day', now),
  });
}
