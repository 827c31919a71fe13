import { createHash, randomUUID } from 'node:crypto';
import type { ImageStore } from '../../activities/storage/port.ts';
import { writeObject } from '../../activities/storage/write-object.ts';
import type { CreateGeneration } from '../../contract/generation.ts';
import { stagedObject } from '../../domain/object-name.ts';
import { priceOf } from '../../domain/pricing.ts';
import { buildPrompt } from '../../domain/prompt-builder.ts';
import type { PlannedModel } from '../../domain/provider-plan.ts';
import { TIER_RULES, type Tier } from '../../domain/tier.ts';
import type { Database } from '../../drizzle/database.ts';
import { insertIntent } from '../../drizzle/queries/generations.ts';

export interface Person {
  readonly accountId: string;
  readonly projectId: string;
  readonly tier: Tier;
}

export const SCHNELL: PlannedModel = { provider: 'replicate', model: 'black-forest-labs/flux-schnell' };
export const DEV: PlannedModel = { provider: 'replicate', model: 'black-forest-labs/flux-dev' };
export const ILLUSTRATOR: PlannedModel = { provider: 'illustrator', model: 'illustrator-1' };

export interface Wish {
  readonly plan?: PlannedModel[];
  readonly prompt?: string;
  readonly seed?: number;
  readonly id?: string;
  /** An upload's bytes; nothing is painted then. */
  readonly upload?: Buffer;
  readonly options?: CreateGeneration['options'];
}

/** The intent alone, with an upload's bytes staged. */
export async function writeDown(
  { database, store }: { database: Database; store: ImageStore },
  person: Person,
  wish: Wish,
): Promise<string> {
  const { accountId, projectId, tier } = person;
  const id = wish.id ?? randomUUID();
  const prompt = wish.prompt ?? 'a lighthouse keeper in a yellow coat';
  const sourceType = wish.upload ? 'upload' : 'text_to_image';
  const request = { name: 'Test avatar', sourceType, ...(wish.upload ? {} : { prompt }), options: wish.options };
  const outcome = await insertIntent(database, {
    id,
    accountId,
    projectId,
    sourceType,
    request,
    requestHash: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
    price: priceOf(sourceType),
    tier,
    priority: TIER_RULES[tier].priorityKey,
    plan: wish.upload ? [] : (wish.plan ?? [ILLUSTRATOR]),
    seed: wish.upload ? null : (wish.seed ?? 7),
    builtPrompt: wish.upload ? null : buildPrompt({ prompt }),
  });
  if (outcome.kind === 'no_project') throw new Error('no such project');
  if (wish.upload) {
    await writeObject(
      { database, store },
      { name: stagedObject(id), kind: 'staged', accountId, generationId: id, bytes: wish.upload },
    );
  }
  return outcome.generation.id;
}
