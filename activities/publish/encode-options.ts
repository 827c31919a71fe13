import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { styleOf } from '#domain/prompt/style.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { EncodeOptions } from '../image/encode-image.ts';
import { recipeOf } from './recipe-of.ts';

/** A provider may return more pixels than requested, or fewer than print size needs; an upload keeps its own size. */
export function encodeOptionsFor(generation: Generation): EncodeOptions {
  const recipe = recipeOf(generation);
  if (recipe === null) return {};
  if (recipe.finish === 'plain') return { maxSidePx: recipe.size };
  const style = styleOf(storedRequest.parse(generation.request));
  return { print: style === 'pixel' ? 'blocks' : 'smooth' };
}
