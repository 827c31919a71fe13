import { v5 as uuidv5 } from 'uuid';
import type { CreateBatch } from '#contract/batch.ts';
import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { avatarName, distinctNames } from '#domain/avatar/avatar-name.ts';
import { batchPriority } from '#domain/generation/batch.ts';
import { seedAfter } from '#domain/generation/seed.ts';
import type { NewBatch } from '#drizzle/queries/generations/batches.ts';
import { resolveInput, type ResolvedInput, type ResolveDeps } from '../generations/resolve-input.ts';
import { requestHash } from '../idempotency.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { ownTurn } from '../turn.ts';

type Members = NewBatch['members'];

interface BatchItems {
  readonly batchId: string;
  readonly items: readonly CreateGeneration[];
  readonly defaults: ProjectDefaults | undefined;
}

/**
 * Resolves each item to a member. The ids are derived from the batch's id and ascend, so a list by id is in the requested order.
 * @throws ApiProblem not_found, conflict, unavailable, with the path of the item
 */
export async function resolveMembers(
  deps: ResolveDeps,
  caller: Caller,
  { batchId, items, defaults }: BatchItems,
): Promise<Members> {
  const ids = items.map((_, index) => uuidv5(String(index), batchId)).toSorted();
  const members = await Promise.all(
    items.map(async (item, index) => {
      // Most items need no answer from elsewhere: all of them would be resolved in one turn of the event loop.
      await ownTurn();
      const { promptRequest: _, ...resolved } = await resolveItem(deps, caller, item, { index, defaults });
      return {
        ...resolved,
        id: ids[index]!,
        requestHash: requestHash(item),
        tier: caller.tier,
        priority: batchPriority(caller.tier),
      };
    }),
  );
  const names = distinctNames(members.map(({ request }) => avatarName(request)));
  return members
    .map((member, index) => ({ ...member, request: { ...member.request, name: names[index]! } }))
    .map((member, index, all) =>
      items[index]?.options?.seed === undefined ? withOwnSeed(member, all.slice(0, index)) : member,
    );
}

/** Nobody pays twice for one image: without a requested seed, restyled images would all have that of their reference. */
function withOwnSeed<Member extends { seed: number; builtPrompt: string | null }>(
  member: Member,
  earlier: readonly Member[],
): Member {
  const same = earlier.filter(({ builtPrompt, seed }) => builtPrompt === member.builtPrompt && seed === member.seed);
  return { ...member, seed: seedAfter(member.seed, same.length) };
}

/** The prompts to moderate. A request that is varied has only one: its variations differ in seed and style. */
export function promptsOf(
  body: CreateBatch,
  members: Members,
): { path: string; request: Members[number]['request'] }[] {
  if ('items' in body) return members.map(({ request }, index) => ({ path: `items.${index}`, request }));
  return members.slice(0, 1).map(({ request }) => ({ path: 'request', request }));
}

/** Adds the index of the item to the paths of the errors. */
async function resolveItem(
  deps: ResolveDeps,
  caller: Caller,
  item: CreateGeneration,
  { index, defaults }: { readonly index: number; readonly defaults: ProjectDefaults | undefined },
): Promise<ResolvedInput> {
  try {
    return await resolveInput(deps, caller, item, defaults);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.details.errors === undefined) throw error;
    const errors = error.details.errors.map(({ path, message }) => ({ path: `items.${index}.${path}`, message }));
    throw new ApiProblem(error.code, { ...error.details, errors });
  }
}
