import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';

/** Generations that ended within the last day (as long as the event stream includes them), latest first, without those shown as cards. */
export function recentlyEnded(
  byId: Readonly<Record<string, Generation>>,
  cards: readonly Generation[],
): readonly Generation[] {
  const shown = new Set(cards.map(({ id }) => id));
  return Object.values(byId)
    .filter(({ id, status }) => isFinal(status) && !shown.has(id))
    .toSorted((a, b) => endOf(b).localeCompare(endOf(a)) || b.id.localeCompare(a.id));
}

function endOf({ finishedAt, createdAt }: Generation): string {
  return finishedAt ?? createdAt;
}
