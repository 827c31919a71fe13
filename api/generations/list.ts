import { FINAL_STATUSES, GENERATION_STATUSES, isFinal, type GenerationStatus } from '#domain/generation/generation.ts';
import { listGenerations as readPage } from '#drizzle/queries/generations/generation-list.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';
import type { GenerationDeps } from './read.ts';

const UNFINISHED = GENERATION_STATUSES.filter((status) => !isFinal(status));

export function listGenerations({ database, present }: GenerationDeps): Handler<'listGenerations'> {
  return async ({ query, caller }) => {
    const { status, unfinished, projectId } = query;
    const filter = { statuses: wantedStatuses(status, unfinished), projectId };
    const page = await readPage(database, caller.accountId, filter, pageRequest(query));
    return { status: 200, body: listOfPage(page, await present(page.items)) };
  };
}

/** @returns undefined for all of them */
function wantedStatuses(
  status: GenerationStatus | undefined,
  unfinished: boolean | undefined,
): readonly GenerationStatus[] | undefined {
  const group = unfinished === undefined ? undefined : unfinished ? UNFINISHED : FINAL_STATUSES;
  if (status === undefined) return group;
  return group === undefined || (group as readonly GenerationStatus[]).includes(status) ? [status] : [];
}
