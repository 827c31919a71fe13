import { and, asc, eq, isNotNull, isNull, lt, sql } from '../../orm.ts';
import type { AdmissionRefusal } from '#domain/generation/failure.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { writeDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { batches } from '#drizzle/schema/batches.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { retrying, serverError } from '#drizzle/connection/transient.ts';
import { newerThan } from '../keyset.ts';
import type { Cursor } from '../page.ts';
import { type Generation, generationReturned, toGeneration } from './generation-row.ts';
import type { NewGeneration } from './generations.ts';

/** Generations that were requested together. */
export interface Batch {
  readonly id: string;
  readonly accountId: string;
  /** Null once the project is deleted. */
  readonly projectId: string | null;
  /** Number of requested members. */
  readonly size: number;
  readonly requestHash: string;
  readonly admissionNumber: number;
  readonly refusal: AdmissionRefusal | null;
  readonly acceptedAt: Date | null;
  readonly admittedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly createdAt: Date;
}

export interface NewBatch {
  /** Chosen by the caller: the same id is the same batch. */
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
  /** SHA-256, hexadecimal. */
  readonly requestHash: string;
  /** All in this account and project, with ids that ascend in display order. */
  readonly members: readonly Omit<NewGeneration, 'accountId' | 'projectId' | 'batchId'>[];
}

export type InsertBatchOutcome =
  | { readonly kind: 'created' | 'exists'; readonly batch: Batch; readonly members: readonly Generation[] }
  /** The project is missing or belongs to another account. */
  | { readonly kind: 'no_project' };

const PROJECT_CONSTRAINTS = new Set(['avatar_generations_project', 'batches_project_id_avatar_projects_id_fk']);

/** Inserts the batch with all of its members, or nothing, before it is admitted. `exists`: the id existed; compare its hash. */
export async function insertBatch(database: Database, input: NewBatch): Promise<InsertBatchOutcome> {
  try {
    const written = await database.call(
      'batches.insert',
      `WITH inserted AS (
         INSERT INTO batches (id, account_id, project_id, size, request_hash) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING id)
       INSERT INTO avatar_generations (id, account_id, project_id, batch_id, source_type, request, request_hash, price, tier,
         priority, plan, seed, built_prompt, choice)
       SELECT m.id, $2, $3, inserted.id, m.source_type, m.request, m.request_hash, m.price, m.tier, m.priority, m.plan, m.seed, m.built_prompt, m.choice
       FROM inserted, jsonb_to_recordset($6) AS m (id uuid, source_type text, request jsonb, request_hash text, price int, tier text,
         priority smallint, plan jsonb, seed bigint, built_prompt text, choice jsonb)
       RETURNING avatar_generations.*`,
      [input.id, input.accountId, input.projectId, input.members.length, input.requestHash, membersOf(input)],
    );
    const members = written.map(generationReturned).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    // From RETURNING: the request can be answered even if the database can't be read any more.
    if (members[0]) return { kind: 'created', batch: newBatch(input, members[0].createdAt), members };
    const batch = await readBatch(database, input.id);
    if (!batch) throw new Error(`Batch ${input.id} was deleted while it was being inserted`);
    return { kind: 'exists', batch, members: await listMembers(database, batch.id) };
  } catch (error) {
    if (PROJECT_CONSTRAINTS.has(serverError(error)?.constraint ?? '')) return { kind: 'no_project' };
    throw error;
  }
}

function newBatch({ id, accountId, projectId, requestHash, members }: NewBatch, createdAt: Date): Batch {
  return {
    id,
    accountId,
    projectId,
    size: members.length,
    requestHash,
    admissionNumber: 0,
    refusal: null,
    acceptedAt: null,
    admittedAt: null,
    cancelledAt: null,
    createdAt,
  };
}

function membersOf({ members }: NewBatch): string {
  return JSON.stringify(
    members.map((member) => ({
      id: member.id,
      source_type: member.sourceType,
      request: writeDocument(DOCUMENTS.request, member.request),
      request_hash: member.requestHash,
      price: member.price,
      tier: member.tier,
      priority: member.priority,
      plan: writeDocument(DOCUMENTS.plan, member.plan),
      seed: member.seed,
      built_prompt: member.builtPrompt,
      choice: writeDocument(DOCUMENTS.choice, member.choice ?? []),
    })),
  );
}

/** Reads a batch of any account. */
export async function readBatch(database: Database, id: string): Promise<Batch | undefined> {
  const [row] = await retrying(() => database.db.select().from(batches).where(eq(batches.id, id)));
  return row && toBatch(row);
}

/** A batch's members, in the order of the request. */
export async function listMembers(database: Database, batchId: string): Promise<Generation[]> {
  const rows = await retrying(() =>
    database.db.select().from(generations).where(eq(generations.batchId, batchId)).orderBy(asc(generations.id)),
  );
  return rows.map(toGeneration);
}

/** Batches to start: accepted, but neither admitted, refused nor cancelled. Oldest first. */
export async function listUnstartedBatches(
  database: Database,
  {
    olderThanMs,
    limit,
    after,
  }: { readonly olderThanMs: number; readonly limit: number; readonly after?: Cursor | undefined },
): Promise<Batch[]> {
  const rows = await retrying(() =>
    database.db
      .select()
      .from(batches)
      .where(
        and(
          isNull(batches.admittedAt),
          isNotNull(batches.acceptedAt),
          isNull(batches.refusal),
          isNull(batches.cancelledAt),
          lt(batches.acceptedAt, sql`now() - ${olderThanMs} * interval '1 millisecond'`),
          newerThan(batches.createdAt, batches.id, after),
        ),
      )
      .orderBy(asc(batches.createdAt), asc(batches.id))
      .limit(limit),
  );
  return rows.map(toBatch);
}

function toBatch(row: typeof batches.$inferSelect): Batch {
  return {
    id: row.id,
    accountId: row.accountId,
    projectId: row.projectId,
    size: row.size,
    requestHash: row.requestHash,
    admissionNumber: row.admissionNumber,
    refusal: row.refusal,
    acceptedAt: row.acceptedAt,
    admittedAt: row.admittedAt,
    cancelledAt: row.cancelledAt,
    createdAt: row.createdAt,
  };
}
