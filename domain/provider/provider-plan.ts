import { remainingBudgetOf, type Budgets, type Spending } from './budget.ts';
import type { Mode } from '../generation/mode.ts';
import { noteOf, type ChoiceNote } from './choice.ts';
import { NO_RECORD, rank, type Candidate, type ModelRecord } from './ranking.ts';
import {
  MODELS,
  modesOf,
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
  /** Those that take no orders; `model` is null where it is all of the provider's. */
  readonly openCircuits?: readonly { provider: ProviderName; model: string | null; until: Date }[];
  readonly budgets?: Budgets;
  readonly spending?: Spending;
  /** Configured, and switched off by an admin. */
  readonly switchedOff?: readonly ProviderName[];
}

export interface Choice {
  readonly plan: PlannedModel[];
  /** In the order of asking; then those that were left out. */
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
  const off = providerHealth.switchedOff ?? [];
  const able = MODELS.filter((model) => modesOf(model).includes(mode) && matches(model, input));
  const illustrators = able.filter(({ family, provider }) => family === 'illustrator' && available.includes(provider));
  const generators = able.filter(({ family }) => family !== 'illustrator');
  const rankingInput = { optimizeFor, quality, mode, hasStrength };
  const there = generators.filter(({ provider }) => available.includes(provider) && !off.includes(provider));
  const candidates = rank(
    there.map((model) => candidateOf(model, providerHealth)),
    rankingInput,
  );
  const shut = candidates.filter(({ model }) => openUntil(model, providerHealth));
  const dear = candidates.filter((one) => !shut.includes(one) && one.model.costUsd > one.remainingBudget.leftUsd);
  const open = candidates.filter((one) => !shut.includes(one) && !dear.includes(one));

  const chosen = choice === 'illustrator' ? [] : open.slice(0, candidatesFor(input, illustrators));
  const fallback = chosen.length > 0 ? input.allowFallback : input.allowFallback || nothingElse(choice, there);
  const last = choice === 'illustrator' || fallback ? illustrators : [];
  const stops = [...chosen.map(({ model }) => model), ...last];
  const skipped = [
    ...shut.map((one) => noteOf(one, { reason: 'circuit_open', until: openUntil(one.model, providerHealth) })),
    ...dear.map((one) => noteOf(one, { reason: 'budget_spent' })),
    ...open.slice(chosen.length).map((one) => noteOf(one, { reason: 'not_needed' })),
    ...generators
      .filter(({ provider }) => off.includes(provider))
      .map((model) => noteOf(candidateOf(model, providerHealth), { reason: 'switched_off' })),
  ];
  return {
    plan: stops.map(({ provider, id }) => ({ provider, model: id })),
    notes: [
      ...chosen.map((one, position) => noteOf(one, { position, input: rankingInput })),
      ...last.map((model, index) =>
        noteOf(candidateOf(model, providerHealth), {
          position: chosen.length + index,
          input: rankingInput,
          wanted: choice === 'illustrator',
        }),
      ),
      ...skipped,
    ],
    refused: stops.length > 0 ? null : refusalOf(shut, dear, providerHealth),
  };
}

function matches({ family }: Model, { choice }: ProviderPlanInput): boolean {
  return family === 'illustrator' || choice === 'auto' || family === choice;
}

/** `auto` without a configured provider is the illustrator. */
function nothingElse(choice: ProviderChoice, there: readonly Model[]): boolean {
  return choice === 'auto' && there.length === 0;
}

function candidatesFor({ allowFallback }: ProviderPlanInput, illustrators: readonly Model[]): number {
  return allowFallback ? MAX_CANDIDATES - illustrators.length : 1;
}

function candidateOf(model: Model, { records = [], budgets = {}, spending = {} }: ProviderHealth): Candidate {
  const record = records.find((one) => one.provider === model.provider && one.model === model.id) ?? NO_RECORD;
  return { model, record, remainingBudget: remainingBudgetOf(model.provider, budgets, spending) };
}

/** The later of the provider's own circuit and the model's. */
function openUntil(model: Model, { openCircuits = [] }: ProviderHealth): Date | undefined {
  return openCircuits
    .filter((one) => one.provider === model.provider && (one.model === null || one.model === model.id))
    .map(({ until }) => until)
    .toSorted((a, b) => b.getTime() - a.getTime())[0];
}

/** A circuit closes within minutes, a budget resets at midnight: the earlier one is reported. */
function refusalOf(
  shut: readonly Candidate[],
  dear: readonly Candidate[],
  providerHealth: ProviderHealth,
): Choice['refused'] {
  const ends = shut.map(({ model }) => openUntil(model, providerHealth)!.getTime());
  if (ends.length > 0) return { by: 'circuit', until: new Date(Math.min(...ends)) };
  return dear.length > 0 ? { by: 'budget', until: null } : null;
}
