/** Maximum distance, in bits of 64, of the perceptual hashes of copies. Measured: resizing, format and quality change up to four. */
export const DUPLICATE_BITS = 4;
/** Maximum distance of similar images. The index finds up to seven: then one of four quarters differs in at most one bit. */
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
  /** What distinguishes the keeper from the runner-up. */
  readonly reason: KeeperReason;
  /** All members including the keeper, in input order. */
  readonly members: readonly Member[];
}

/**
 * Groups avatars that are copies of each other: with identical bytes, or linked by similar hashes, also transitively. Each
 * group has a suggested keeper.
 * @param links pairs of ids with similar hashes
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

/** Union-find: two ids have the same root when they are connected by links. */
function unite(links: readonly (readonly [string, string])[]): (id: string) => string {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    let top = id;
    for (let next = parents.get(top); next !== undefined; next = parents.get(top)) top = next;
    // Path compression, so that long chains are walked once.
    for (let at = id; at !== top;) {
      const next = parents.get(at)!;
      parents.set(at, top);
      at = next;
    }
    return top;
  };
  for (const [a, b] of links) {
    const [first, second] = [root(a), root(b)];
    if (first !== second) parents.set(second, first);
  }
  return root;
}

function matchOf(members: readonly Lookalike[]): 'exact' | 'near' {
  return new Set(members.map(({ sha256 }) => sha256)).size === 1 ? 'exact' : 'near';
}

/** The most used avatar is the keeper; else the largest; else the oldest. */
const RULES: readonly {
  readonly reason: KeeperReason;
  readonly better: (a: Lookalike, b: Lookalike) => number;
}[] = [
  { reason: 'most_used', better: (a, b) => b.usageCount - a.usageCount },
  { reason: 'largest', better: (a, b) => b.pixels - a.pixels },
  {
    reason: 'oldest',
    better: (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  },
];

function keeperOf<Member extends Lookalike>(members: readonly Member[]) {
  const decisiveRule = (a: Member, b: Member) => RULES.find(({ better }) => better(a, b) !== 0)!;
  const [keeper, runnerUp] = members.toSorted((a, b) => decisiveRule(a, b).better(a, b));
  return { keeper: keeper!, reason: decisiveRule(keeper!, runnerUp!).reason };
}
