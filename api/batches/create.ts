import { v5 as uuidv5 } from 'uuid';
import type { ProjectDefaults } from '#contract/project.ts';
import type { CreateBatch } from '#contract/batch.ts';
import { API_BASE } from '#contract/route.ts';
import { batchPriority } from '#domain/generation/batch.ts';
import {
  type Batch,
  insertBatch,
  listMembers,
  type NewBatch,
  readBatch,
} from '#drizzle/queries/generations/batches.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readProjectDefaults } from '#drizzle/queries/avatars/projects.ts';
import { assertNoCoolDown } from '../generations/cool-down.ts';
import { assertNotPaused } from '../generations/new-generations.ts';
import { presentAnyway } from '../generations/present.ts';
import { randomSeed, resolveInput, type ResolveDeps } from '../generations/resolve-input.ts';
import type { Handler, RouteReply } from '../handler.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { moderatePrompts } from '../policy/moderate-prompts.ts';
import type { Caller } from '../request-context.ts';
import { admitBatch, type AdmitBatchDeps } from './admit.ts';
import { itemsOf } from './expand.ts';
import { presentBatch } from './present.ts';
import type { BatchDeps } from './read.ts';

const ROUTE = 'POST /projects/:id/batches';

export type CreateBatchDeps = BatchDeps & AdmitBatchDeps & ResolveDeps;

/** Writes the batch and all of its requests as rows, then has them admitted together. */
export function createBatch(deps: CreateBatchDeps): Handler<'createBatch'> {
  return async ({ params, body, caller, idempotencyKey }) => {
    const id = idFor(caller.accountId, ROUTE, idempotencyKey);
    const hash = requestHash({ params, body });
    const replayed =
      idempotencyKey === undefined ? undefined : await withIdInFailure({ batchId: id }, () => replay(deps, id, hash));
    if (replayed) return replayed;
    await assertNotPaused(deps.featureSwitches);
    await assertNoCoolDown(deps.database, caller.accountId);
    const defaults = await readProjectDefaults(deps.database, caller.accountId, params.id);
    const members = await membersOf(deps, caller, id, itemsOf(body), defaults);
    const input = { id, accountId: caller.accountId, projectId: params.id, requestHash: hash, members };
    await moderatePrompts(deps.database, { ...input, prompts: promptsOf(body, members) });
    return withIdInFailure({ batchId: id }, async () => {
      const intent = await insertBatch(deps.database, input);
      if (intent.kind === 'no_project') throw notFound();
      return answer(deps, { ...intent, hash, replayed: intent.kind === 'exists' });
    });
  };
}

async function replay(deps: CreateBatchDeps, id: string, hash: string): Promise<RouteReply<'createBatch'> | undefined> {
  const batch = await readBatch(deps.database, id);
  if (!batch) return undefined;
  // A refused batch that is sent again counts as a new try.
  if (batch.refusal) await assertNoCoolDown(deps.database, batch.accountId);
  return answer(deps, { batch, members: await listMembers(deps.database, id), hash, replayed: true });
}

interface Written {
  readonly batch: Batch;
  readonly members: readonly Generation[];
  readonly hash: string;
  readonly replayed: boolean;
}

/** A batch that was never admitted is submitted for admission: a refusal does not stick to its key. */
async function answer(
  deps: CreateBatchDeps,
  { batch, members, hash, replayed }: Written,
): Promise<RouteReply<'createBatch'>> {
  if (batch.requestHash !== hash) throw new ApiProblem('idempotency_mismatch');
  const waits = batch.admittedAt === null && batch.cancelledAt === null;
  const row = waits ? await admitBatch(deps, batch, members) : batch;
  const now = waits ? await listMembers(deps.database, row.id).catch(() => members) : members;
  return {
    status: 202,
    body: await presentBatch(presentAnyway(deps.present), row, now),
    headers: { Location: `${API_BASE}/batches/${row.id}`, ...(replayed && { 'Idempotent-Replayed': 'true' }) },
  };
}

/** A request that is varied is moderated once: only seed and style differ. */
function promptsOf(
  body: CreateBatch,
  members: NewBatch['members'],
): { path: string; request: NewBatch['members'][number]['request'] }[] {
  if ('items' in body) return members.map(({ request }, index) => ({ path: `items.${index}`, request }));
  return members.slice(0, 1).map(({ request }) => ({ path: 'request', request }));
}

/** Ids follow from the batch's and ascend with the members' order, so that a list by id is in the requested order. */
async function membersOf(
  deps: CreateBatchDeps,
  caller: Caller,
  batchId: string,
  items: ReturnType<typeof itemsOf>,
  defaults: ProjectDefaults | undefined,
): Promise<NewBatch['members']> {
  const ids = items.map((_, index) => uuidv5(String(index), batchId)).toSorted();
  return Promise.all(
    items.map(async (item, index) => {
      const {
        wording: _,
        seed = randomSeed(),
        ...resolved
      } = await resolveItem(deps, caller, item, { index, defaults });
      return {
        ...resolved,
        seed,
        id: ids[index]!,
        requestHash: requestHash(item),
        tier: caller.tier,
        priority: batchPriority(caller.tier),
      };
    }),
  );
}

/** Adds the index of the item to the paths of the errors. */
async function resolveItem(
  deps: ResolveDeps,
  caller: Caller,
  item: Parameters<typeof resolveInput>[2],
  { index, defaults }: { readonly index: number; readonly defaults: ProjectDefaults | undefined },
) {
  try {
    return await resolveInput(deps, caller, item, defaults);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.details.errors === undefined) throw error;
    const errors = error.details.errors.map(({ path, message }) => ({ path: `items.${index}.${path}`, message }));
    throw new ApiProblem(error.code, { ...error.details, errors });
  }
}
