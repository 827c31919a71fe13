/** Bits of 64 in which the looks of copies differ at most: measured, another size, format or quality changes up to four. */
export const DUPLICATE_BITS = 4;
/** Bits in which similar images differ at most. The index finds up to seven: one of four quarters differs in at most one. */
export const SIMILAR_BITS = 7;

export interface Lookalike {
  readonly id: string;
  readonly sha256: string;
  readonly usageCount: number;
  readonly pixels: number;
  readonly createdAt: Date;
}

export const KEEPER_REASONS = ['most_used', 'largest', 'oldest'] as const;
type KeeperReason = (typeof KEEPER_REASONS)[number];

export interface DuplicateGroup<Member extends Lookalike> {
  /** `exact`: all have the same bytes. */
  readonly match: 'exact' | 'near';
  readonly keeper: Member;
  /** What tells the keeper from the runner-up. */
  readonly reason: KeeperReason;
  /** The keeper among them, in the order they came. */
  readonly members: readonly Member[];
}

/**
 * Groups of avatars that are copies of each other: by their bytes, or by links between looks, also over a third. Each with the one
 * that is worth keeping.
 * @param links pairs of ids that look alike
 */
export function groupDuplicates<Member extends Lookalike>(
  avatars: readonly Member[],
  links: readonly (readonly [string, string])[],
): DuplicateGroup<Member>[] {
  const ids = new Set(avatars.map(({ id }) => id));
  const sameBytes = [...Map.groupBy(avatars, ({ sha256 }) => sha256).values()].flatMap((same) =>
    same.map(({ id }) => [same[0]!.id, id] as const),
  );
  const root = unite([...sameBytes, ...links.filter((link) => link.every((id) => ids.has(id)))]);
  return [...Map.groupBy(avatars, ({ id }) => root(id)).values()]
    .filter((members) => members.length > 1)
    .map((members) => ({ ...keeperOf(members), match: matchOf(members), members }));
}

/** Names of connected sets: two ids have the same one when links lead from one to the other. */
function unite(links: readonly (readonly [string, string])[]): (id: string) => string {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    let top = id;
    for (let next = parents.get(top); next !== undefined; next = parents.get(top)) top = next;
    // Shortened on the way, so that long chains are walked once.
    for (let at = id; at !== top;) {
      const next = parents.get(at)!;
      parents.set(at, top);
      at = next;
    }
    return top;
  };
  for (const [one, other] of links) {
    const [first, second] = [root(one), root(other)];
    if (first !== second) parents.set(second, first);
  }
  return root;
}

function matchOf(members: readonly Lookalike[]): 'exact' | 'near' {
  return new Set(members.map(({ sha256 }) => sha256)).size === 1 ? 'exact' : 'near';
}

/** What is in use somewhere stays; else the largest; else the first there was. */
const RULES: readonly {
  readonly reason: KeeperReason;
  readonly better: (one: Lookalike, other: Lookalike) => number;
}[] = [
  { reason: 'most_used', better: (one, other) => other.usageCount - one.usageCount },
  { reason: 'largest', better: (one, other) => other.pixels - one.pixels },
  {
    reason: 'oldest',
    better: (one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
  },
];

function keeperOf<Member extends Lookalike>(members: readonly Member[]) {
  const decide = (one: Member, other: Member) => RULES.find(({ better }) => better(one, other) !== 0)!;
  const [keeper, runnerUp] = members.toSorted((one, other) => decide(one, other).better(one, other));
  return { keeper: keeper!, reason: decide(keeper!, runnerUp!).reason };
}
