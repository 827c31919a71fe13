import { createHash, randomUUID } from 'node:crypto';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import { batchPriority } from '#domain/generation/batch.ts';
import { isFinal } from '#domain/generation/generation.ts';
import { priceOf } from '#domain/generation/pricing.ts';
import { buildPrompt } from '#domain/prompt/prompt-builder.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import { insertBatch, listMembers, readBatch } from '#drizzle/queries/generations/batches.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { type Studio } from './studio.ts';
import { ILLUSTRATOR, type TestUser } from './insert-request.ts';
import { until } from './until.ts';

interface BatchInput {
  readonly size: number;
  readonly plan?: PlannedModel[];
  readonly prompt?: string;
}

/** Inserts a batch request as the API does, without starting its workflow. @returns the batch's id */
export async function insertBatchRequest({ database }: Studio, user: TestUser, input: BatchInput): Promise<string> {
  const { accountId, projectId, tier } = user;
  const prompt = input.prompt ?? 'a lighthouse keeper in a yellow coat';
  const request = { name: 'Test avatar', sourceType: 'text_to_image', prompt, options: { size: 512 } };
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const id = randomUUID();
  const ids = Array.from({ length: input.size }, () => randomUUID()).toSorted();
  const outcome = await insertBatch(database, {
    id,
    accountId,
    projectId,
    requestHash,
    members: ids.map((memberId, seed) => ({
      id: memberId,
      sourceType: 'text_to_image',
      request,
      requestHash,
      price: priceOf('text_to_image'),
      tier,
      priority: batchPriority(tier),
      plan: input.plan ?? [ILLUSTRATOR],
      seed,
      builtPrompt: buildPrompt({ prompt }),
    })),
  });
  if (outcome.kind === 'no_project') throw new Error('no such project');
  return id;
}

/** Starts an inserted batch's workflow and returns the outcome of its admission, or undefined when no outcome came in time. */
export async function admitBatch({ database, temporal }: Studio, id: string): Promise<AdmissionOutcome | undefined> {
  const batch = await readBatch(database, id);
  const [first] = await listMembers(database, id);
  const { createdAt, accountId, projectId, admissionNumber } = batch!;
  const { tier, priority } = first!;
  return temporal.generations.batches.admit({
    batchId: id,
    createdAt,
    accountId,
    projectId: projectId!,
    admissionNumber,
    tier,
    priority,
  });
}

/** Waits until all members are final. @returns the members */
export function endedBatch({ database }: Studio, id: string): Promise<Generation[]> {
  return until(
    async () => {
      const members = await listMembers(database, id);
      return members.every(({ status }) => isFinal(status)) ? members : undefined;
    },
    { what: `the end of batch ${id}` },
  );
}
