import type { Mode } from './mode.ts';
import {
  MODELS,
  modesOf,
  type Model,
  type OptimiseFor,
  type ProviderChoice,
  type ProviderName,
  type Quality,
} from './provider.ts';

export interface PlanWish {
  readonly choice: ProviderChoice;
  readonly optimiseFor: OptimiseFor;
  readonly quality: Quality;
  readonly allowFallback: boolean;
  /** Words alone where it is not said. */
  readonly mode?: Mode | undefined;
  /** A strength was given: painters that can be told come first. */
  readonly weighed?: boolean | undefined;
}

/** One stop of the plan. Names only: the plan travels through workflow history. */
export interface PlannedModel {
  readonly provider: ProviderName;
  readonly model: string;
}

/** A plan longer than this would outlive every deadline. */
const MAX_STOPS = 4;
const GRADE_WANTED: Readonly<Record<Quality, number>> = { draft: 1, standard: 2, high: 3 };

/**
 * The models to ask, in order. The illustrator never fails for want of a network, so it comes last wherever a fallback is
 * allowed, and first where it was asked for or nothing else is configured.
 *
 * @returns at least one stop when any provider is available; an empty plan when the wish can't be met at all
 */
export function planProviders(wish: PlanWish, available: readonly ProviderName[]): PlannedModel[] {
  const { mode = 'text' } = wish;
  const usable = MODELS.filter((model) => available.includes(model.provider) && modesOf(model).includes(mode));
  const illustrators = usable.filter((model) => model.family === 'illustrator');
  const painters = usable.filter((model) => model.family !== 'illustrator').toSorted(byWish(wish));
  const stops = wish.choice === 'illustrator' ? illustrators : ordered(wish, painters, illustrators);
  return stops.slice(0, MAX_STOPS).map(({ provider, id }) => ({ provider, model: id }));
}

function ordered(wish: PlanWish, painters: Model[], illustrators: Model[]): Model[] {
  const matching = wish.choice === 'auto' ? painters : painters.filter((model) => model.family === wish.choice);
  if (matching.length === 0) return wish.choice === 'auto' || wish.allowFallback ? illustrators : [];
  if (!wish.allowFallback) return matching.slice(0, 1);
  return [...matching.slice(0, MAX_STOPS - illustrators.length), ...illustrators];
}

function byWish(wish: PlanWish): (a: Model, b: Model) => number {
  const wanted = GRADE_WANTED[wish.quality];
  const distance = (model: Model) => Math.abs(model.grade - wanted);
  return (a, b) => {
    const suited = suitability(b, wish) - suitability(a, wish);
    if (suited !== 0) return suited;
    if (wish.optimiseFor === 'cost') return a.costUsd - b.costUsd || distance(a) - distance(b);
    if (wish.optimiseFor === 'speed') return a.typicalMs - b.typicalMs || distance(a) - distance(b);
    return distance(a) - distance(b) || b.grade - a.grade;
  };
}

/** A model that obeys the strength, then one made for starting from a picture, before one that merely can. */
function suitability(model: Model, { mode = 'text', weighed = false, optimiseFor }: PlanWish): number {
  if (mode === 'text') return 0;
  const obeys = weighed && model.weighs ? 2 : 0;
  const specialist = optimiseFor === 'quality' && !modesOf(model).includes('text') ? 1 : 0;
  return obeys + specialist;
}
