import type { CreateBatch } from '#contract/batch.ts';
import type { CreateGeneration } from '#contract/generation.ts';
import { BATCH_MAX_ITEMS } from '#domain/generation/batch.ts';
import { seedAfter } from '#domain/generation/seed.ts';
import { ApiProblem } from '../problem.ts';

/**
 * The generations that a batch requests, in order.
 * @throws ApiProblem validation_failed when they are too many
 */
export function expandItems(body: CreateBatch): CreateGeneration[] {
  if ('items' in body) return body.items;
  const { request, vary } = body;
  const styles = vary === 'seed' ? undefined : vary;
  const count = body.count ?? styles?.length ?? 1;
  if (count > BATCH_MAX_ITEMS) {
    throw new ApiProblem('validation_failed', {
      errors: [{ path: 'count', message: `must be at most ${BATCH_MAX_ITEMS}` }],
    });
  }
  return Array.from({ length: count }, (_, index) =>
    styles === undefined ? withSeed(request, index) : inStyle(request, styles, index),
  );
}

/** A requested seed is that of the first member, and the following ones count up; an omitted seed is chosen for each member. */
function withSeed(request: CreateGeneration, step: number): CreateGeneration {
  const seed = request.options?.seed;
  if (seed === undefined) return request;
  return { ...request, options: { ...request.options, seed: seedAfter(seed, step) } };
}

/** Each style once with the same seed, so that they can be compared; then again with the next seed. */
function inStyle(request: CreateGeneration, styles: readonly CreateGeneration['style'][], index: number) {
  return { ...withSeed(request, Math.floor(index / styles.length)), style: styles[index % styles.length] };
}
