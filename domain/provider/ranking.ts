import type { RemainingBudget } from './budget.ts';
import { type Model, type OptimizeFor, type Quality } from './provider.ts';
import type { Mode } from '../generation/mode.ts';

/** Recent results of a model. */
export interface ModelRecord {
  readonly succeeded: number;
  /** Failures caused by the provider. */
  readonly failed: number;
  /** Median time from submission to image, ms; null without a success. */
  readonly medianMs: number | null;
}

export interface RankingInput {
  readonly optimizeFor: OptimizeFor;
  readonly quality: Quality;
  readonly mode: Mode;
  /** A strength was given: models that support it rank first. */
  readonly hasStrength: boolean;
}

/** A model with its recent results and its provider's remaining budget. */
export interface Candidate {
  readonly model: Model;
  readonly record: ModelRecord;
  readonly remainingBudget: RemainingBudget;
}

export const NO_RECORD: ModelRecord = { succeeded: 0, failed: 0, medianMs: null };

/** The published figures weigh as much as this many images of our own. */
const PRIOR_IMAGES = 4;
const PRIOR_SUCCESS = 0.95;
/** Below this success rate a model ranks after all reliable ones. */
const FALTERING_BELOW = 0.6;
/** Dollar value of a second of waiting, for models of equal quality: lower prefers cheap and slow ones, higher ignores the price. */
const SECOND_WORTH_USD = 0.005;
const REQUESTED_GRADE: Readonly<Record<Quality, number>> = { draft: 1, standard: 2, high: 3 };

/** Expected success rate, 0 to 1: the published one, adjusted by recent results. */
function chanceOf({ succeeded, failed }: ModelRecord): number {
  return (succeeded + PRIOR_SUCCESS * PRIOR_IMAGES) / (succeeded + failed + PRIOR_IMAGES);
}

/** Expected time from submission to image, ms. */
export function expectedMs({ model, record: { succeeded, medianMs } }: Candidate): number {
  if (medianMs === null) return model.typicalMs;
  return (model.typicalMs * PRIOR_IMAGES + medianMs * succeeded) / (PRIOR_IMAGES + succeeded);
}

export function isFaltering(record: ModelRecord): boolean {
  return chanceOf(record) < FALTERING_BELOW;
}

/**
 * Sorts candidates: reliable ones before failing ones, then those with enough budget before those whose budget is nearly spent (and
 * among these the cheapest first), then by suitability for the mode, then by the requested optimization. Deterministic.
 */
export function rank(candidates: readonly Candidate[], input: RankingInput): Candidate[] {
  return candidates.toSorted((a, b) => {
    const preference = {
      ...input,
      optimizeFor: a.remainingBudget.nearing && b.remainingBudget.nearing ? ('cost' as const) : input.optimizeFor,
    };
    return (
      Number(isFaltering(a.record)) - Number(isFaltering(b.record)) ||
      Number(a.remainingBudget.nearing) - Number(b.remainingBudget.nearing) ||
      suitability(b.model, preference) - suitability(a.model, preference) ||
      byGoal(a, b, preference)
    );
  });
}

function byGoal(a: Candidate, b: Candidate, { optimizeFor, quality }: RankingInput): number {
  const distance = ({ model }: Candidate) => Math.abs(model.grade - REQUESTED_GRADE[quality]);
  const nearer = distance(a) - distance(b);
  if (optimizeFor === 'cost') return priceOf(a) - priceOf(b) || nearer || timeOf(a) - timeOf(b);
  if (optimizeFor === 'speed') return timeOf(a) - timeOf(b) || nearer || priceOf(a) - priceOf(b);
  return nearer || b.model.grade - a.model.grade || worthOf(a) - worthOf(b);
}

/** Expected value per delivered image: a model that fails half the time costs and takes twice as much. */
const priceOf = ({ model, record }: Candidate) => model.costUsd / chanceOf(record);
const timeOf = (candidate: Candidate) => expectedMs(candidate) / chanceOf(candidate.record);
const worthOf = (candidate: Candidate) => priceOf(candidate) + (timeOf(candidate) / 1_000) * SECOND_WORTH_USD;

/** Models that support strength rank first, then those made for reference images, then those that only accept them. */
export function suitability(model: Model, { mode, hasStrength, optimizeFor }: RankingInput): number {
  if (mode === 'text') return 0;
  const strengthBonus = hasStrength && model.supportsStrength ? 2 : 0;
  const referenceBonus = optimizeFor === 'quality' && !model.modes.includes('text') ? 1 : 0;
  return strengthBonus + referenceBonus;
}
