import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { LiveGenerations } from '#web/live/live-generations.ts';

/** A completed image stays on its card at least this long before it joins the gallery. */
export const RESOLVED_SHOWN_MS = 4_000;

/** Completed cards leave at multiples of this, so that each shift of the gallery ends before the next begins. */
export const LEAVE_INTERVAL_MS = 1_000;

export interface InProgress {
  /** Newest first. */
  readonly cards: readonly Generation[];
  readonly activeCount: number;
  readonly creditsHeld: number;
  /** When the next card leaves, ms since the epoch by the browser's clock. */
  readonly nextChangeAtMs: number | undefined;
}

/** The cards to show: generations in progress, those that have just completed, and failures until they are dismissed. Completed ones that are held stay. */
export function inProgress(
  live: LiveGenerations,
  dismissed: readonly string[],
  nowMs: number,
  projectId?: string,
  held: ReadonlySet<string> = new Set(),
): InProgress {
  const inScope = Object.values(live.byId).filter(
    (generation) => projectId === undefined || generation.projectId === projectId,
  );
  const cards = inScope
    .filter(
      (generation) =>
        (held.has(generation.id) && live.endedAtMs[generation.id] !== undefined && generation.status === 'completed') ||
        isShown(generation, live.endedAtMs[generation.id], dismissed, nowMs),
    )
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  const leaving = cards
    .filter(({ id, status }) => status === 'completed' && !held.has(id))
    .map((generation) => leavesAtMs(live.endedAtMs[generation.id] ?? nowMs));
  return {
    cards,
    activeCount: cards.filter(isInProgress).length,
    creditsHeld: cards.filter(holdsCredits).reduce((sum, generation) => sum + generation.price, 0),
    nextChangeAtMs: leaving.length > 0 ? Math.min(...leaving) : undefined,
  };
}

/** Selects up to `count` cards without reordering them: those not waiting first, then the newest of those waiting. */
export function selectShownCards(cards: readonly Generation[], count: number): readonly Generation[] {
  const waiting = cards.filter(isWaiting);
  const shown = new Set([...cards.filter((generation) => !isWaiting(generation)), ...waiting].slice(0, count));
  return cards.filter((generation) => shown.has(generation));
}

function isWaiting(generation: Generation): boolean {
  return generation.status === 'pending' || (generation.status === 'requested' && generation.refusal === null);
}

function leavesAtMs(endedAtMs: number): number {
  return Math.ceil((endedAtMs + RESOLVED_SHOWN_MS) / LEAVE_INTERVAL_MS) * LEAVE_INTERVAL_MS;
}

export function isInProgress(generation: Generation): boolean {
  return !isFinal(generation.status) && generation.refusal === null;
}

function holdsCredits({ status }: Generation): boolean {
  return status === 'pending' || status === 'processing';
}

function isShown(
  generation: Generation,
  endedAtMs: number | undefined,
  dismissed: readonly string[],
  nowMs: number,
): boolean {
  if (generation.status === 'completed') return endedAtMs !== undefined && nowMs < leavesAtMs(endedAtMs);
  if (dismissed.includes(generation.id)) return false;
  if (generation.status === 'cancelled') return endedAtMs !== undefined; // cancelled before this page was opened: no news to the user
  return true;
}
