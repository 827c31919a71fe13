import { type DuplicateGroup, MEMBERS_SHOWN } from '#contract/duplicate.ts';
import {
  DUPLICATE_BITS,
  groupDuplicates,
  type DuplicateGroup as Group,
  type Lookalike,
} from '#domain/avatar/duplicates.ts';
import { readAvatars } from '#drizzle/queries/avatars/avatars.ts';
import { readPerceptualHashes } from '#drizzle/queries/avatars/duplicates.ts';
import { pageOf, totalOf } from '#drizzle/queries/page.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';
import type { DuplicateDeps } from './list-similar.ts';

/** Compared pairwise in a third of a second; more would occupy the database for too long. The contract states this number. */
const COMPARED_MAX = 5_000;

/** Lists groups of duplicates, sorted by their newest member, newest first. */
export function listDuplicates({ database, presentAvatar }: DuplicateDeps): Handler<'listDuplicates'> {
  return async ({ query, caller }) => {
    const { limit, after } = pageRequest(query);
    const { avatars, links } = await readPerceptualHashes(database, caller.accountId, {
      withinBits: DUPLICATE_BITS,
      newest: COMPARED_MAX,
    });
    const groups = groupDuplicates(avatars, links).map((group) => ({ ...group, ...positionOf(group) }));
    const older = groups.filter((group) => after === undefined || isOlder(group, after));
    const page = pageOf(older.slice(0, limit + 1), limit, totalOf(groups.length));
    const shown = page.items.map(shownIds);
    const rows = await readAvatars(database, caller.accountId, shown.flat());
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const data = page.items.map(async (group, index): Promise<DuplicateGroup> => {
      const members = (shown[index] ?? []).flatMap((id) => rowOf.get(id) ?? []);
      const { match, reason, keeper } = group;
      return {
        match,
        count: group.members.length,
        keeper: { avatarId: keeper.id, reason },
        avatars: await Promise.all(members.map(presentAvatar)),
      };
    });
    return { status: 200, body: listOfPage(page, await Promise.all(data)) };
  };
}

/** A group is listed at the position of its newest member. */
function positionOf({ members: [newest] }: Group<Lookalike>) {
  if (newest === undefined) throw new Error('A group of duplicates has no members');
  return { createdAt: newest.createdAt, id: newest.id };
}

interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

function isOlder(position: Position, other: Position): boolean {
  const differenceMs = position.createdAt.getTime() - other.createdAt.getTime();
  return differenceMs < 0 || (differenceMs === 0 && position.id < other.id);
}

function shownIds({ keeper, members }: Group<Lookalike>): string[] {
  const others = members.filter(({ id }) => id !== keeper.id).slice(0, MEMBERS_SHOWN - 1);
  return [keeper.id, ...others.map(({ id }) => id)];
}
