import { randomInt } from 'node:crypto';
import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import { modeOf, resolveRequest } from '#domain/generation/resolve-request.ts';
import { chooseSeed } from '#domain/generation/seed.ts';
import { buildPrompt, type PromptRequest } from '#domain/prompt/prompt-builder.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { type Preset, readPreset } from '#drizzle/queries/avatars/presets.ts';
import { readReference, type ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import { notFoundAt } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { chooseProviders, type Chosen, type ChooseProvidersDeps } from './choose-providers.ts';

export interface ResolveDeps extends ChooseProvidersDeps {
  readonly database: Database;
  readonly prices: Prices;
}

/** The columns of a generation that follow from the body alone. */
export interface ResolvedInput extends Pick<NewGeneration, 'sourceType' | 'request' | 'price' | 'builtPrompt'>, Chosen {
  /** Stored, so that the image can be generated again. */
  readonly seed: number;
  readonly promptRequest: PromptRequest;
}

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
  const { request, promptRequest } = resolveRequest(body, { preset, reference, defaults });
  return {
    sourceType: body.sourceType,
    request: { ...request },
    price: priceOf(body.sourceType, deps.prices),
    ...(await chooseProviders(deps, { ...body, mode: modeOf(body), reference })),
    seed: body.options?.seed ?? chooseSeed(modeOf(body), reference?.seed, randomInt),
    builtPrompt: buildPrompt(promptRequest),
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
