import { and, desc, eq, gte, inArray, isNotNull, ne, or, type SQL } from 'drizzle-orm';
import type { GenerationStatus, SourceType } from '#domain/generation/generation.ts';
import type { ChoiceNote } from '#domain/provider/choice.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { writeDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { olderThan } from '../keyset.ts';
import { type Page, pageOf, type PageRequest } from '../page.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';
import { type Generation, generationReturned, toGeneration } from './generation-row.ts';

export interface NewGeneration {
  /** Chosen by the caller: the same id is the same request. */
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
  readonly batchId?: string | undefined;
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
  | { readonly kind: 'created' | 'exists'; readonly generation: Generation }
  /** The project is missing or belongs to another account. */
  | { readonly kind: 'no_project' };

const PROJECT_CONSTRAINT = 'avatar_generations_project';

/** Inserts the generation before it is admitted. `exists`: the id existed; compare its hash. */
export async function insertGeneration(database: Database, input: NewGeneration): Promise<InsertGenerationOutcome> {
  try {
    // Raw SQL: Drizzle would list every column, and the application's role may not insert some of them, such as the status.
    // RETURNING: the request can be answered even if the database can't be read any more.
    const [written] = await database.call(
      'generations.insert',
      `INSERT INTO avatar_generations (id, account_id, project_id, batch_id, source_type, request, request_hash, idempotency_key,
         price, tier, priority, plan, seed, built_prompt, choice)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING RETURNING *`,
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
      ],
    );
    if (written) return { kind: 'created', generation: generationReturned(written) };
    const generation = await readGeneration(database, input.id);
    if (!generation) throw new Error(`Generation ${input.id} was deleted while it was being inserted`);
    return { kind: 'exists', generation };
  } catch (error) {
    if (serverError(error)?.constraint === PROJECT_CONSTRAINT) return { kind: 'no_project' };
    throw error;
  }
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

export interface GenerationFilter {
  readonly statuses?: readonly GenerationStatus[] | undefined;
  readonly projectId?: string | undefined;
  readonly batchId?: string | undefined;
}

/** An account's generations, newest first, without requests that are not answered yet. */
export async function listGenerations(
  database: Database,
  accountId: string,
  filter: GenerationFilter,
  page: PageRequest,
): Promise<Page<Generation>> {
  const wanted = shown(accountId, filter);
  const rows = await retrying(() =>
    database.db
      .select()
      .from(generations)
      .where(and(wanted, olderThan(generations.createdAt, generations.id, page.after)))
      .orderBy(desc(generations.createdAt), desc(generations.id))
      .limit(page.limit + 1),
  );
  const total = await retrying(() => database.db.$count(generations, wanted));
  return pageOf(rows.map(toGeneration), page.limit, total);
}

function shown(accountId: string, { statuses, projectId, batchId }: GenerationFilter): SQL | undefined {
  return and(
    eq(generations.accountId, accountId),
    or(ne(generations.status, 'requested'), isNotNull(generations.acceptedAt)),
    statuses && inArray(generations.status, [...statuses]),
    projectId === undefined ? undefined : eq(generations.projectId, projectId),
    batchId === undefined ? undefined : eq(generations.batchId, batchId),
  );
}

/** Generations for an event stream's snapshot: unfinished ones, and those that ended since `since`. Newest first. */
export async function listLive(
  database: Database,
  accountId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<Generation[]> {
  const rows = await retrying(() =>
    database.db
      .select()
      .from(generations)
      .where(
        and(
          shown(accountId, {}),
          or(inArray(generations.status, ['requested', 'pending', 'processing']), gte(generations.finishedAt, since)),
        ),
      )
      .orderBy(desc(generations.createdAt), desc(generations.id))
      .limit(limit),
  );
  return rows.map(toGeneration);
}
