import type { RemainingBudget } from './budget.ts';
import { modesOf, type Model, type OptimizeFor, type Quality } from './provider.ts';
import type { Mode } from '../generation/mode.ts';

/** How a model has been doing lately. */
export interface ModelRecord {
  readonly succeeded: number;
  /** Failures that were the provider's own. */
  readonly failed: number;
  /** Middle of the times from order to image, ms; null without a success. */
  readonly medianMs: number | null;
}

export interface RankingInput {
  readonly optimizeFor: OptimizeFor;
  readonly quality: Quality;
  readonly mode: Mode;
  /** A strength was given: providers that can be told come first. */
  readonly weighed: boolean;
}

/** A model with what is known of it. */
export interface Candidate {
  readonly model: Model;
  readonly record: ModelRecord;
  readonly remainingBudget: RemainingBudget;
}

export const NO_RECORD: ModelRecord = { succeeded: 0, failed: 0, medianMs: null };

/** The published figures weigh as much as this many images of our own. */
const PRIOR_IMAGES = 4;
const PRIOR_SUCCESS = 0.95;
/** Below this a provider comes after all that keep their word. */
const FALTERING_BELOW = 0.6;
/** Where models are equally good: what a second of a person's waiting is worth. Below it a slow bargain wins, above it price means nothing. */
const SECOND_WORTH_USD = 0.005;
const GRADE_WANTED: Readonly<Record<Quality, number>> = { draft: 1, standard: 2, high: 3 };

/** The chance of an image, 0 to 1: what was published, moved by what was seen. */
function chanceOf({ succeeded, failed }: ModelRecord): number {
  return (succeeded + PRIOR_SUCCESS * PRIOR_IMAGES) / (succeeded + failed + PRIOR_IMAGES);
}

/** From order to image, ms. */
export function expectedMs({ model, record: { succeeded, medianMs } }: Candidate): number {
  if (medianMs === null) return model.typicalMs;
  return (model.typicalMs * PRIOR_IMAGES + medianMs * succeeded) / (PRIOR_IMAGES + succeeded);
}

export function isFaltering(record: ModelRecord): boolean {
  return chanceOf(record) < FALTERING_BELOW;
}

/**
 * Who is asked first. Those that keep their word before those that falter, those with money left before those whose budget nears its
 * end (and among these the cheapest), then what suits the mode, then what was asked for. The same facts give the same order.
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
  const distance = ({ model }: Candidate) => Math.abs(model.grade - GRADE_WANTED[quality]);
  const nearer = distance(a) - distance(b);
  if (optimizeFor === 'cost') return priceOf(a) - priceOf(b) || nearer || timeOf(a) - timeOf(b);
  if (optimizeFor === 'speed') return timeOf(a) - timeOf(b) || nearer || priceOf(a) - priceOf(b);
  return nearer || b.model.grade - a.model.grade || worthOf(a) - worthOf(b);
}

/** Of an image that is delivered: who fails half the time costs and takes twice. */
const priceOf = ({ model, record }: Candidate) => model.costUsd / chanceOf(record);
const timeOf = (candidate: Candidate) => expectedMs(candidate) / chanceOf(candidate.record);
const worthOf = (candidate: Candidate) => priceOf(candidate) + (timeOf(candidate) / 1_000) * SECOND_WORTH_USD;

/** A model that obeys the strength, then one made for starting from an image, before one that merely can. */
export function suitability(model: Model, { mode, weighed, optimizeFor }: RankingInput): number {
  if (mode === 'text') return 0;
  const obeys = weighed && model.weighs ? 2 : 0;
  const specialist = optimizeFor === 'quality' && !modesOf(model).includes('text') ? 1 : 0;
  return obeys + specialist;
}
