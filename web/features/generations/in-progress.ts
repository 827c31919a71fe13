import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { LiveGenerations } from '#web/live/live-generations.ts';

/** A finished image stays on its card at least this long before it joins the gallery. */
export const RESOLVED_SHOWN_MS = 4_000;

/** Cards that finish close together leave together: each leaving moves the gallery, and one move ends before the next begins. */
export const LEAVING_EVERY_MS = 1_000;

export interface InProgress {
  /** Newest first. */
  readonly cards: readonly Generation[];
  readonly activeCount: number;
  readonly creditsHeld: number;
  /** When the next card leaves by itself, ms of this machine's clock. */
  readonly nextChangeAtMs: number | undefined;
}

/** What the developing strip shows: all that is under way, what just ended, and failures until somebody puts them away. */
export function inProgress(
  live: LiveGenerations,
  dismissed: readonly string[],
  nowMs: number,
  projectId?: string,
): InProgress {
  const mine = Object.values(live.byId).filter((one) => projectId === undefined || one.projectId === projectId);
  const cards = mine
    .filter((one) => isShown(one, live.endedAtMs[one.id], dismissed, nowMs))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  const leaving = cards
    .filter((one) => one.status === 'completed')
    .map((one) => leavesAtMs(live.endedAtMs[one.id] ?? nowMs));
  return {
    cards,
    activeCount: cards.filter(isInProgress).length,
    creditsHeld: cards.filter(holdsCredits).reduce((sum, one) => sum + one.price, 0),
    nextChangeAtMs: leaving.length > 0 ? Math.min(...leaving) : undefined,
  };
}

/** So many of the cards, in their order: first those in which something happens or happened, then the newest that wait. */
export function selectShownCards(cards: readonly Generation[], count: number): readonly Generation[] {
  const waiting = cards.filter(isWaiting);
  const shown = new Set([...cards.filter((one) => !isWaiting(one)), ...waiting].slice(0, count));
  return cards.filter((one) => shown.has(one));
}

function isWaiting(one: Generation): boolean {
  return one.status === 'pending' || (one.status === 'requested' && one.refusal === null);
}

function leavesAtMs(endedAtMs: number): number {
  return Math.ceil((endedAtMs + RESOLVED_SHOWN_MS) / LEAVING_EVERY_MS) * LEAVING_EVERY_MS;
}

export function isInProgress(generation: Generation): boolean {
  return !isFinal(generation.status) && generation.refusal === null;
}

function holdsCredits({ status }: Generation): boolean {
  return status === 'pending' || status === 'processing';
}

function isShown(one: Generation, endedAtMs: number | undefined, dismissed: readonly string[], nowMs: number): boolean {
  if (one.status === 'completed') return endedAtMs !== undefined && nowMs < leavesAtMs(endedAtMs);
  if (dismissed.includes(one.id)) return false;
  if (one.status === 'cancelled') return endedAtMs !== undefined; // who cancelled before this page knew it, knows
  return true;
}
