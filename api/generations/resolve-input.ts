import { randomInt } from 'node:crypto';
import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { SEED_MAX } from '#domain/generation/image.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { type Preset, readPreset } from '#drizzle/queries/avatars/presets.ts';
import { readReference, type ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import { notFoundAt } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { chooseProviders, type Chosen, type ChooseProvidersDeps } from './choose-providers.ts';
import { modeOf, resolveRequest, type Resolved } from './resolve-request.ts';

export interface ResolveDeps extends ChooseProvidersDeps {
  readonly database: Database;
  readonly prices: Prices;
}

/** The columns of a generation that follow from the body alone. */
export interface ResolvedInput extends Pick<NewGeneration, 'sourceType' | 'request' | 'price' | 'builtPrompt'>, Chosen {
  /** Undefined: any seed. */
  readonly seed: number | undefined;
  readonly promptRequest: Resolved['promptRequest'];
}

/** Variations use one of so many following seeds: enough that two variations of an avatar rarely share one. */
const VARIATION_SEEDS = 1_000;

/**
 * Resolves a body: its preset, reference image, price and providers.
 * @param defaults the project's; not applied when the body opts out of them
 * @throws ApiProblem not_found with the path of the field, conflict, unavailable
 */
export async function resolveInput(
  deps: ResolveDeps,
  caller: Caller,
  body: CreateGeneration,
  defaults?: ProjectDefaults,
): Promise<ResolvedInput> {
  const preset = await findPreset(deps.database, caller, body);
  const reference = await findReference(deps.database, caller, body);
  const appliedDefaults = body.projectDefaults === false ? undefined : defaults;
  const { request, promptRequest, builtPrompt } = resolveRequest(body, {
    preset,
    reference,
    defaults: appliedDefaults,
  });
  return {
    sourceType: body.sourceType,
    request: { ...request },
    price: priceOf(body.sourceType, deps.prices),
    ...(await chooseProviders(deps, { ...body, mode: modeOf(body) })),
    seed: body.options?.seed ?? seedFrom(body, reference),
    builtPrompt,
    promptRequest,
  };
}

/** @throws ApiProblem not_found */
async function findPreset(
  database: Database,
  { accountId }: Caller,
  { presetId }: CreateGeneration,
): Promise<Preset | undefined> {
  if (presetId === undefined) return undefined;
  const preset = await readPreset(database, accountId, presetId);
  if (!preset) throw notFoundAt('presetId', 'there is no such preset');
  return preset;
}

/** @throws ApiProblem not_found */
async function findReference(
  database: Database,
  { accountId }: Caller,
  { reference }: CreateGeneration,
): Promise<ReferenceSource | undefined> {
  if (reference === undefined) return undefined;
  const source = await readReference(database, accountId, reference);
  if (source) return source;
  if (reference.avatarId !== undefined) throw notFoundAt('reference.avatarId', 'there is no such avatar');
  throw notFoundAt('reference.uploadId', 'there is no such upload, or it has expired');
}

/** The same seed shows the same person in another style; a neighboring seed varies the image. */
function seedFrom(body: CreateGeneration, reference: ReferenceSource | undefined): number | undefined {
  if (reference?.seed == null) return undefined;
  const mode = modeOf(body);
  if (mode === 'style') return reference.seed;
  return mode === 'variation' ? (reference.seed + 1 + randomInt(VARIATION_SEEDS)) % (SEED_MAX + 1) : undefined;
}

/** Any 32-bit number; it is stored, so that the image can be generated again. */
export function randomSeed(): number {
  return randomInt(SEED_MAX + 1);
}
