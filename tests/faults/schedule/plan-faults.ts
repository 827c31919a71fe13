import { createRandomStream, type RandomStream } from '#illustrator/person/seeded-random.ts';
import { FAULT_KINDS, LINKS, type FaultKind, type FaultKindRules, type Link } from './fault-kinds.ts';

export interface PlannedFault {
  /** Since the load began. */
  readonly atMs: number;
  readonly lastsMs: number;
  readonly kind: FaultKind;
  /** Only for faults of the network. */
  readonly link?: Link;
  /** In [0, 1): chooses among what exists then, such as workers and tables, and how strong the fault is. */
  readonly choice: number;
}

export interface PlanOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly kinds: readonly FaultKind[];
  /** Time between the beginnings of two faults, ms, from and to. */
  readonly gapMs: readonly [number, number];
  /** Of faults of the network; all by default. */
  readonly links?: readonly Link[] | undefined;
  /** Instead of the kinds' own durations, ms, from and to. */
  readonly lastsMs?: readonly [number, number] | undefined;
  /** Instead of a random one for each fault. */
  readonly choice?: number | undefined;
}

/** A target that has just recovered is left alone for this long, so that something runs on it. */
const RECOVERY_MS = 500;

/**
 * The faults of a run: the same options give the same faults. Kinds are dealt like cards, so that each one occurs before any occurs
 * again; faults on different targets overlap, those on one target never do.
 */
export function planFaults(options: PlanOptions): PlannedFault[] {
  const { seed, durationMs, kinds, gapMs } = options;
  const random = createRandomStream(seed, 'faults');
  const planned: PlannedFault[] = [];
  const freeAtMs = new Map<string, number>();
  let deck: FaultKind[] = [];
  let links: Link[] = [];
  for (let atMs = random.between(...gapMs) / 2; ; atMs += random.between(...gapMs)) {
    if (deck.length === 0) deck = shuffled(random, kinds);
    const kind = deck.shift();
    if (kind === undefined) return planned;
    const { target, lastsMs: lasts }: FaultKindRules = FAULT_KINDS[kind];
    if (target === 'network' && links.length === 0) links = shuffled(random, options.links ?? LINKS);
    const link = target === 'network' ? links.shift() : undefined;
    const resource = link ?? target;
    const startMs = Math.round(Math.max(atMs, freeAtMs.get(resource) ?? 0));
    const lastsMs = Math.round(random.between(...(options.lastsMs ?? lasts)));
    if (startMs + lastsMs > durationMs) return planned;
    freeAtMs.set(resource, startMs + lastsMs + RECOVERY_MS);
    const choice = options.choice ?? random.next();
    planned.push({ atMs: startMs, lastsMs, kind, choice, ...(link && { link }) });
  }
}

function shuffled<Item>(random: RandomStream, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: random.next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
