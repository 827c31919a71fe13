import { remainingBudgetOf, type Budgets, type Spending } from './budget.ts';
import type { Mode } from '../generation/mode.ts';
import { noteOf, type ChoiceNote } from './choice.ts';
import { supportsMode, type OfferedReference } from './offers.ts';
import { NO_RECORD, rank, type Candidate, type ModelRecord } from './ranking.ts';
import {
  MODELS,
  type Model,
  type OptimizeFor,
  type ProviderChoice,
  type ProviderName,
  type Quality,
} from './provider.ts';

export interface ProviderPlanInput {
  readonly choice: ProviderChoice;
  readonly optimizeFor: OptimizeFor;
  readonly quality: Quality;
  readonly allowFallback: boolean;
  /** Default: prompt only. */
  readonly mode?: Mode | undefined;
  readonly reference?: OfferedReference | undefined;
  /** A strength was given: models that support it rank first. */
  readonly hasStrength?: boolean | undefined;
}

/** One candidate of the plan. Names only, since the plan is part of the workflow's history. */
export interface PlannedModel {
  readonly provider: ProviderName;
  readonly model: string;
}

/** The state of the providers at one moment. */
export interface ProviderHealth {
  readonly records?: readonly (ModelRecord & PlannedModel)[];
  /** `model` is null for the provider's own circuit, which applies to all its models. */
  readonly openCircuits?: readonly { provider: ProviderName; model: string | null; until: Date }[];
  readonly budgets?: Budgets;
  readonly spending?: Spending;
  /** Configured, but disabled by an admin. */
  readonly switchedOff?: readonly ProviderName[];
}

export interface Choice {
  readonly plan: PlannedModel[];
  /** The candidates of the plan in order, then those that were left out. */
  readonly notes: ChoiceNote[];
  /** Why the plan is empty although providers are configured for it; null otherwise. */
  readonly refused: { readonly by: 'circuit' | 'budget'; readonly until: Date | null } | null;
}

/** A plan longer than this would outlive every deadline. */
const MAX_CANDIDATES = 4;

/**
 * Plans the models to use, in order, with reasons. The illustrator needs no network, so it comes last wherever a fallback is
 * allowed, and first where it was requested or nothing else is configured.
 *
 * @returns at least one candidate when any provider is available and a fallback is allowed; an empty plan when the request can't be met
 */
export function planProviders(
  input: ProviderPlanInput,
  available: readonly ProviderName[],
  providerHealth: ProviderHealth = {},
): Choice {
  const { mode = 'text', hasStrength = false, choice, optimizeFor, quality } = input;
  const disabled = providerHealth.switchedOff ?? [];
  const suitable = MODELS.filter((model) => supportsMode(model, mode, input.reference) && matches(model, input));
  const illustrators = suitable.filter(
    ({ family, provider }) => family === 'illustrator' && available.includes(provider),
  );
  const generators = suitable.filter(({ family }) => family !== 'illustrator');
  const rankingInput = { optimizeFor, quality, mode, hasStrength };
  const usable = generators.filter(({ provider }) => available.includes(provider) && !disabled.includes(provider));
  const candidates = rank(
    usable.map((model) => candidateOf(model, providerHealth)),
    rankingInput,
  );
  const circuitOpen = candidates.filter(({ model }) => openUntil(model, providerHealth));
  const overBudget = candidates.filter(
    (candidate) => !circuitOpen.includes(candidate) && candidate.model.costUsd > candidate.remainingBudget.leftUsd,
  );
  const eligible = candidates.filter(
    (candidate) => !circuitOpen.includes(candidate) && !overBudget.includes(candidate),
  );

  const chosen = choice === 'illustrator' ? [] : eligible.slice(0, candidatesFor(input, illustrators));
  const fallback = chosen.length > 0 ? input.allowFallback : input.allowFallback || isNothingConfigured(choice, usable);
  const last = choice === 'illustrator' || fallback ? illustrators : [];
  const models = [...chosen.map(({ model }) => model), ...last];
  const skipped = [
    ...circuitOpen.map((candidate) =>
      noteOf(candidate, { reason: 'circuit_open', until: openUntil(candidate.model, providerHealth) }),
    ),
    ...overBudget.map((candidate) => noteOf(candidate, { reason: 'budget_spent' })),
    ...eligible.slice(chosen.length).map((candidate) => noteOf(candidate, { reason: 'not_needed' })),
    ...generators
      .filter(({ provider }) => disabled.includes(provider))
      .map((model) => noteOf(candidateOf(model, providerHealth), { reason: 'switched_off' })),
  ];
  return {
    plan: models.map(({ provider, id }) => ({ provider, model: id })),
    notes: [
      ...chosen.map((candidate, position) => noteOf(candidate, { position, input: rankingInput })),
      ...last.map((model, index) =>
        noteOf(candidateOf(model, providerHealth), {
          position: chosen.length + index,
          input: rankingInput,
          requested: choice === 'illustrator',
        }),
      ),
      ...skipped,
    ],
    refused: models.length > 0 ? null : refusalOf(circuitOpen, overBudget, providerHealth),
  };
}

function matches({ family }: Model, { choice }: ProviderPlanInput): boolean {
  return family === 'illustrator' || choice === 'auto' || family === choice;
}

/** `auto` without a configured provider is the illustrator. */
function isNothingConfigured(choice: ProviderChoice, usable: readonly Model[]): boolean {
  return choice === 'auto' && usable.length === 0;
}

function candidatesFor({ allowFallback }: ProviderPlanInput, illustrators: readonly Model[]): number {
  return allowFallback ? MAX_CANDIDATES - illustrators.length : 1;
}

function candidateOf(model: Model, { records = [], budgets = {}, spending = {} }: ProviderHealth): Candidate {
  const record = records.find((entry) => entry.provider === model.provider && entry.model === model.id) ?? NO_RECORD;
  return { model, record, remainingBudget: remainingBudgetOf(model.provider, budgets, spending) };
}

/** The later of the provider's own circuit and the model's. */
function openUntil(model: Model, { openCircuits = [] }: ProviderHealth): Date | undefined {
  return openCircuits
    .filter((circuit) => circuit.provider === model.provider && (circuit.model === null || circuit.model === model.id))
    .map(({ until }) => until)
    .toSorted((a, b) => b.getTime() - a.getTime())[0];
}

/** A circuit closes within minutes, a budget resets at midnight: the earlier one is reported. */
function refusalOf(
  circuitOpen: readonly Candidate[],
  overBudget: readonly Candidate[],
  providerHealth: ProviderHealth,
): Choice['refused'] {
  const ends = circuitOpen.map(({ model }) => openUntil(model, providerHealth)!.getTime());
  if (ends.length > 0) return { by: 'circuit', until: new Date(Math.min(...ends)) };
  return overBudget.length > 0 ? { by: 'budget', until: null } : null;
}
