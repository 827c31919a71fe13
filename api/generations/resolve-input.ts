import { randomInt } from 'node:crypto';
import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { SEED_MAX } from '#domain/generation/image.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { readPreset } from '#drizzle/queries/avatars/presets.ts';
import { readReference, type ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { chooseProviders, type Chosen, type ChooseProvidersDeps } from './choose-providers.ts';
import { modeOf, resolveRequest, type Resolved, type Sources } from './resolve-request.ts';

export interface ResolveDeps extends ChooseProvidersDeps {
  readonly database: Database;
  readonly prices: Prices;
}

/** All of a generation's row that follows from the body alone. */
export interface ResolvedInput extends Pick<NewGeneration, 'sourceType' | 'request' | 'price' | 'builtPrompt'>, Chosen {
  /** Undefined: any. */
  readonly seed: number | undefined;
  readonly wording: Resolved['wording'];
}

/** Neighbors of a seed that variations are taken from: enough that two of one avatar rarely meet. */
const NEIGHBORHOOD = 1_000;

/**
 * What a body asks for, with everything it names looked up: preset, image, price, providers.
 * @param defaults the project's, unless the body does not want them
 * @throws ApiProblem not_found with the field that is to blame, conflict, unavailable
 */
export async function resolveInput(
  deps: ResolveDeps,
  caller: Caller,
  body: CreateGeneration,
  defaults?: ProjectDefaults,
): Promise<ResolvedInput> {
  const sources = await sourcesOf(deps.database, caller, body);
  const wanted = body.projectDefaults === false ? undefined : defaults;
  const { request, wording, builtPrompt } = resolveRequest(body, { ...sources, defaults: wanted });
  return {
    sourceType: body.sourceType,
    request: { ...request },
    price: priceOf(body.sourceType, deps.prices),
    ...(await chooseProviders(deps, { ...body, mode: modeOf(body) })),
    seed: body.options?.seed ?? seedFrom(body, sources.reference),
    builtPrompt,
    wording,
  };
}

async function sourcesOf(database: Database, { accountId }: Caller, body: CreateGeneration): Promise<Sources> {
  const { presetId, reference: name } = body;
  const preset = presetId === undefined ? undefined : await readPreset(database, accountId, presetId);
  if (presetId !== undefined && !preset) throw missing('presetId', 'there is no such preset');
  const reference = name === undefined ? undefined : await readReference(database, accountId, name);
  if (name?.avatarId !== undefined && !reference) throw missing('reference.avatarId', 'there is no such avatar');
  if (name?.uploadId !== undefined && !reference) {
    throw missing('reference.uploadId', 'there is no such upload, or it has expired');
  }
  return { preset, reference };
}

/** The same seed draws the same person in another style; a neighboring one varies it. */
function seedFrom(body: CreateGeneration, reference: ReferenceSource | undefined): number | undefined {
  if (reference?.seed == null) return undefined;
  const mode = modeOf(body);
  if (mode === 'style') return reference.seed;
  return mode === 'variation' ? (reference.seed + 1 + randomInt(NEIGHBORHOOD)) % (SEED_MAX + 1) : undefined;
}

/** Somebody else's and a missing one alike. */
export function missing(path: string, message: string): ApiProblem {
  return new ApiProblem('not_found', { errors: [{ path, message }] });
}

/** Any 32-bit number, kept so that the image can be made again. */
export function randomSeed(): number {
  return randomInt(SEED_MAX + 1);
}
