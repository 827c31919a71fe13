import type { Generation } from '#contract/generation.ts';
import { isFinal } from '#domain/generation/generation.ts';

/** What ended within the last day (as long as the stream tells of it), latest first, without what is shown as a card. */
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
