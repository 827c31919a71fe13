import { eq } from '../../orm.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { ChoiceNote } from '#domain/provider/choice.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { writeDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';
import { type Generation, generationReturned, toGeneration } from './generation-row.ts';
import { readLastRetry } from './retries.ts';

export interface NewGeneration {
  /** Chosen by the caller: the same id is the same request. */
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
  readonly batchId?: string | undefined;
  /** The generation that it retries, which has no other successor. */
  readonly retryOf?: string | undefined;
  readonly sourceType: SourceType;
  readonly request: Record<string, unknown>;
  /** SHA-256, hexadecimal. */
  readonly requestHash: string;
  readonly idempotencyKey?: string | undefined;
  /** Credits. */
  readonly price: number;
  readonly tier: Tier;
  readonly priority: PriorityKey;
  readonly plan: PlannedModel[];
  /** Why the plan is as it is. */
  readonly choice?: ChoiceNote[] | undefined;
  readonly seed: number | null;
  readonly builtPrompt: string | null;
}

export type InsertGenerationOutcome =
  /** `exists`: a generation with this id; or the last retry, with its own id, of one that has been retried already. */
  | { readonly kind: 'created' | 'exists'; readonly generation: Generation }
  /** The project is missing or belongs to another account. */
  | { readonly kind: 'no_project' };

const PROJECT_CONSTRAINT = 'avatar_generations_project';

/** Inserts the generation before it is admitted. `exists`: compare its id and hash. */
export async function insertGeneration(database: Database, input: NewGeneration): Promise<InsertGenerationOutcome> {
  try {
    // Raw SQL: Drizzle would list every column, and the application's role may not insert some of them, such as the status.
    // RETURNING: the request can be answered even if the database can't be read any more.
    const [written] = await database.call(
      'generations.insert',
      `INSERT INTO avatar_generations (id, account_id, project_id, batch_id, source_type, request, request_hash, idempotency_key,
         price, tier, priority, plan, seed, built_prompt, choice, retry_of)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING RETURNING *`,
      [
        input.id,
        input.accountId,
        input.projectId,
        input.batchId ?? null,
        input.sourceType,
        JSON.stringify(writeDocument(DOCUMENTS.request, input.request)),
        input.requestHash,
        input.idempotencyKey ?? null,
        input.price,
        input.tier,
        input.priority,
        JSON.stringify(writeDocument(DOCUMENTS.plan, input.plan)),
        input.seed,
        input.builtPrompt,
        JSON.stringify(writeDocument(DOCUMENTS.choice, input.choice ?? [])),
        input.retryOf ?? null,
      ],
    );
    if (written) return { kind: 'created', generation: generationReturned(written) };
    const generation = (await readGeneration(database, input.id)) ?? (await successorOf(database, input));
    if (!generation) throw new Error(`Generation ${input.id} was deleted while it was being inserted`);
    return { kind: 'exists', generation };
  } catch (error) {
    if (serverError(error)?.constraint === PROJECT_CONSTRAINT) return { kind: 'no_project' };
    throw error;
  }
}

async function successorOf(database: Database, { retryOf }: NewGeneration): Promise<Generation | undefined> {
  const last = retryOf === undefined ? undefined : await readLastRetry(database, retryOf);
  return last?.id === retryOf ? undefined : last;
}

/** Reads a generation of any account. */
export async function readGeneration(database: Database, id: string): Promise<Generation | undefined> {
  const [row] = await retrying(() => database.db.select().from(generations).where(eq(generations.id, id)));
  return row && toGeneration(row);
}

/** @returns undefined if the generation is missing or belongs to another account */
export async function readOwnGeneration(
  database: Database,
  accountId: string,
  id: string,
): Promise<Generation | undefined> {
  const generation = await readGeneration(database, id);
  return generation?.accountId === accountId ? generation : undefined;
}
