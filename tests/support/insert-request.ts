import { createHash, randomUUID } from 'node:crypto';
import type { ImageStore } from '#activities/storage/port.ts';
import { writeObject } from '#activities/storage/write-object.ts';
import type { CreateGeneration } from '#contract/generation.ts';
import { stagedObject } from '#domain/generation/object-name.ts';
import { priceOf } from '#domain/generation/pricing.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import { TIER_RULES, type Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { insertGeneration } from '#drizzle/queries/generations/generations.ts';

export interface TestUser {
  readonly accountId: string;
  readonly projectId: string;
  readonly tier: Tier;
}

export const SCHNELL: PlannedModel = { provider: 'replicate', model: 'black-forest-labs/flux-schnell' };
export const DEV: PlannedModel = { provider: 'replicate', model: 'black-forest-labs/flux-dev' };
export const ILLUSTRATOR: PlannedModel = { provider: 'illustrator', model: 'illustrator-1' };

export interface GenerationInput {
  readonly plan?: PlannedModel[];
  readonly prompt?: string;
  readonly seed?: number;
  readonly id?: string;
  /** More fields of the request, such as its reference image. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** An upload's bytes; no provider is called then. */
  readonly upload?: Buffer;
  /** By default the smallest image: the largest takes four times as long to draw and to encode. */
  readonly options?: CreateGeneration['options'];
}

/** Inserts a generation request without starting its workflow; an upload's bytes are staged. @returns the generation's id */
export async function insertRequest(
  { database, store }: { database: Database; store: ImageStore },
  user: TestUser,
  input: GenerationInput,
): Promise<string> {
  const { accountId, projectId, tier } = user;
  const id = input.id ?? randomUUID();
  const prompt = input.prompt ?? 'a lighthouse keeper in a yellow coat';
  const sourceType = input.upload ? 'upload' : input.request?.['reference'] ? 'from_reference' : 'text_to_image';
  const text = input.upload ? { options: input.options } : { prompt, options: input.options ?? { size: 512 } };
  const request = { name: 'Test avatar', sourceType, ...text, ...input.request };
  const outcome = await insertGeneration(database, {
    id,
    accountId,
    projectId,
    sourceType,
    request,
    requestHash: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
    price: priceOf(sourceType),
    tier,
    priority: TIER_RULES[tier].priorityKey,
    plan: input.upload ? [] : (input.plan ?? [ILLUSTRATOR]),
    seed: input.upload ? null : (input.seed ?? 7),
    builtPrompt: input.upload ? null : buildPrompt({ prompt }),
  });
  if (outcome.kind === 'no_project') throw new Error('no such project');
  if (input.upload) {
    await writeObject(
      { database, store },
      { name: stagedObject(id), kind: 'staged', accountId, generationId: id, bytes: input.upload },
    );
  }
  return outcome.generation.id;
}
