import type { Use } from './api/use-avatar-details.ts';

const DAY_MS = 86_400_000;
const DAYS_DRAWN = 14;

interface AppUses {
  readonly appId: string;
  readonly appName: string;
  readonly count: number;
  /** Uses on each of the last fourteen days, today last. */
  readonly daily: readonly number[];
}

/** Uses grouped by app, most used first. Each app has the name from its latest use. */
export function usesByApp(uses: readonly Use[], nowMs: number): AppUses[] {
  return [...Map.groupBy(uses, ({ appId }) => appId)]
    .map(([appId, own]) => ({ appId, appName: own[0]?.appName ?? appId, count: own.length, daily: daily(own, nowMs) }))
    .toSorted((a, b) => b.count - a.count || a.appName.localeCompare(b.appName));
}

function daily(uses: readonly Use[], nowMs: number): number[] {
  const today = Math.floor(nowMs / DAY_MS);
  const counts = Array.from({ length: DAYS_DRAWN }, () => 0);
  for (const { createdAt } of uses) {
    const index = DAYS_DRAWN - 1 - (today - Math.floor(Date.parse(createdAt) / DAY_MS));
    if (counts[index] !== undefined) counts[index] += 1;
  }
  return counts;
}
