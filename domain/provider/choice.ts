import { capitalized } from '../prompt/prompt-text.ts';
import { expectedMs, isFaltering, suitability, type Candidate, type RankingInput } from './ranking.ts';
import type { ProviderName } from './provider.ts';

/** Why a candidate has its position in a plan, or is not part of it. */
export const CHOICE_REASONS = [
  'requested',
  'best_quality',
  'fastest',
  'cheapest',
  'suits_mode',
  'next_best',
  'last_resort',
  'budget_near',
  'recently_unreliable',
  'recently_faster',
  'recently_slower',
  'circuit_open',
  'budget_spent',
  'switched_off',
  'not_needed',
] as const;
type ChoiceReason = (typeof CHOICE_REASONS)[number];

/** Outcomes of a candidate; `not_tried` also when an earlier one delivered, or failed for all models of the provider. */
export const CHOICE_OUTCOMES = ['not_tried', 'generating', 'delivered', 'failed', 'cancelled'] as const;
export type ChoiceOutcome = (typeof CHOICE_OUTCOMES)[number];

/** The decision about one model when the plan was made. Stored with the generation. */
export interface ChoiceNote {
  readonly provider: ProviderName;
  readonly model: string;
  /** Position in the plan, from 0; null when it is not part of it. */
  readonly position: number | null;
  /** The first one was decisive. */
  readonly reasons: ChoiceReason[];
  /** The reasons as a sentence. */
  readonly explanation: string;
}

type Decision =
  | { readonly position: number; readonly input: RankingInput; readonly requested?: boolean }
  | { readonly reason: 'circuit_open'; readonly until: Date | undefined }
  | { readonly reason: 'budget_spent' | 'switched_off' | 'not_needed' };

/** Smaller differences from the typical time are not mentioned. */
const NOTABLE_DIFFERENCE = 0.2;
const FIRST_BY = { cost: 'cheapest', speed: 'fastest', quality: 'best_quality' } as const;

export function noteOf(candidate: Candidate, decision: Decision): ChoiceNote {
  const { provider, id } = candidate.model;
  const candidateId = { provider, model: id };
  if ('reason' in decision) {
    return {
      ...candidateId,
      position: null,
      reasons: [decision.reason],
      explanation: sentence([leftOut(candidate, decision)]),
    };
  }
  const { position, input, requested = false } = decision;
  const reasons = [
    requested ? ('requested' as const) : mainReason(candidate, position, input),
    ...recentReasons(candidate),
  ];
  return {
    ...candidateId,
    position,
    reasons,
    explanation: sentence([...reasons.map((reason) => LABELS[reason]), figures(candidate)]),
  };
}

function mainReason({ model, remainingBudget }: Candidate, position: number, input: RankingInput): ChoiceReason {
  if (model.family === 'illustrator') return 'last_resort';
  if (remainingBudget.nearing) return 'budget_near';
  if (position > 0) return 'next_best';
  return suitability(model, input) > 0 ? 'suits_mode' : FIRST_BY[input.optimizeFor];
}

function recentReasons(candidate: Candidate): ChoiceReason[] {
  const { model, record } = candidate;
  const share = expectedMs(candidate) / model.typicalMs;
  return [
    ...(isFaltering(record) ? (['recently_unreliable'] as const) : []),
    ...(share < 1 - NOTABLE_DIFFERENCE ? (['recently_faster'] as const) : []),
    ...(share > 1 + NOTABLE_DIFFERENCE ? (['recently_slower'] as const) : []),
  ];
}

const LABELS = {
  requested: 'requested',
  best_quality: 'nearest to the requested quality',
  fastest: 'the fastest',
  cheapest: 'the cheapest',
  suits_mode: 'best suited to this mode',
  next_best: 'used if the candidates before it fail',
  last_resort: 'always available',
  budget_near: "the day's budget is nearly spent: cheaper providers first",
  recently_unreliable: 'failed often recently',
  recently_faster: 'faster recently',
  recently_slower: 'slower recently',
  circuit_open: 'unavailable at the moment',
  budget_spent: "the rest of the day's budget does not cover it",
  switched_off: 'disabled by an admin',
  not_needed: 'enough candidates rank before it',
} as const satisfies Record<ChoiceReason, string>;

function leftOut(candidate: Candidate, decision: Exclude<Decision, { position: number }>): string {
  if (decision.reason === 'circuit_open' && decision.until) {
    return `${LABELS.circuit_open}, no attempt before ${decision.until.toISOString()}`;
  }
  const { remainingBudget } = candidate;
  if (decision.reason === 'budget_spent')
    return `${LABELS.budget_spent} (${Math.floor(remainingBudget.spentShare * 100)} % spent)`;
  return LABELS[decision.reason];
}

function figures(candidate: Candidate): string {
  const { model, record } = candidate;
  const seconds = (expectedMs(candidate) / 1_000).toFixed(1);
  const attempts = record.succeeded + record.failed;
  const delivered = attempts === 0 ? '' : `, ${record.succeeded} of ${attempts} delivered recently`;
  return `$${model.costUsd} an image, about ${seconds} s${delivered}`;
}

function sentence(parts: readonly string[]): string {
  return `${capitalized(parts.join('; '))}.`;
}
