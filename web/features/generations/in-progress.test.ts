import { describe, expect, it } from 'vitest';
import type { Generation } from '#contract/generation.ts';
import { aFailedGeneration, aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { inProgress, LEAVE_INTERVAL_MS, selectShownCards, RESOLVED_SHOWN_MS } from './in-progress.ts';

const NOW_MS = 1_000_000;
const live = (generations: Generation[], endedAtMs: Record<string, number> = {}) => ({
  byId: Object.fromEntries(generations.map((generation) => [generation.id, generation])),
  endedAtMs,
});
const done = aGeneration({ id: 'done', status: 'completed', avatar: anAvatar() });

describe('inProgress', () => {
  it('shows unfinished generations, newest first, and sums up the credits held', () => {
    const older = aGeneration({ id: 'older', createdAt: '2026-11-23T08:00:00.000Z', status: 'processing' });
    const newer = aGeneration({ id: 'newer', createdAt: '2026-11-23T08:00:05.000Z' });
    const waiting = aGeneration({ id: 'requested', createdAt: '2026-11-23T07:00:00.000Z', status: 'requested' });
    const shown = inProgress(live([older, newer, waiting]), [], NOW_MS);
    expect(shown.cards.map(({ id }) => id)).toEqual(['newer', 'older', 'requested']);
    expect(shown).toMatchObject({ activeCount: 3, creditsHeld: 20 });
  });

  it('filters by project', () => {
    const elsewhere = aGeneration({ id: 'elsewhere', projectId: '99999999-9999-4999-8999-999999999999' });
    expect(inProgress(live([aGeneration(), elsewhere]), [], NOW_MS, PROJECT_ID).cards).toHaveLength(1);
  });

  it('shows a completed generation until its image has resolved, and says when that is', () => {
    const shown = inProgress(live([done], { done: NOW_MS }), [], NOW_MS + 10);
    expect(shown.cards).toEqual([done]);
    expect(shown.nextChangeAtMs).toBe(NOW_MS + RESOLVED_SHOWN_MS);
    expect(inProgress(live([done], { done: NOW_MS }), [], NOW_MS + RESOLVED_SHOWN_MS).cards).toEqual([]);
  });

  it('removes cards that completed close together at the same time', () => {
    const also = { ...done, id: 'also' };
    const ended = live([done, also], { done: NOW_MS + 1, also: NOW_MS + LEAVE_INTERVAL_MS });
    const leavesAtMs = NOW_MS + LEAVE_INTERVAL_MS + RESOLVED_SHOWN_MS;
    expect(inProgress(ended, [], leavesAtMs - 1)).toMatchObject({ cards: [done, also], nextChangeAtMs: leavesAtMs });
    expect(inProgress(ended, [], leavesAtMs).cards).toEqual([]);
  });

  it('does not show generations that ended before the page was opened', () => {
    expect(inProgress(live([done]), [], NOW_MS).cards).toEqual([]);
    expect(inProgress(live([aGeneration({ status: 'cancelled' })]), [], NOW_MS).cards).toEqual([]);
  });

  it('shows a failure until it is dismissed', () => {
    const failed = aFailedGeneration({ id: 'failed' });
    expect(inProgress(live([failed]), [], NOW_MS).cards).toEqual([failed]);
    expect(inProgress(live([failed]), ['failed'], NOW_MS).cards).toEqual([]);
  });

  it('counts a refused generation neither as active nor as holding credits', () => {
    const refused = aGeneration({ status: 'requested', refusal: 'daily_limit' });
    expect(inProgress(live([refused]), [], NOW_MS)).toMatchObject({ activeCount: 0, creditsHeld: 0 });
  });
});

describe('selectShownCards', () => {
  const waiting = [3, 2, 1].map((at) => aGeneration({ id: `waits-${at}` }));
  const generating = aGeneration({ id: 'generating', status: 'processing' });
  const failed = aFailedGeneration({ id: 'failed' });
  const refused = aGeneration({ id: 'refused', status: 'requested', refusal: 'daily_limit' });
  const ids = (count: number) => selectShownCards([...waiting, generating, failed, refused], count).map(({ id }) => id);

  it('selects cards that are not waiting first, then the newest of those waiting, in their original order', () => {
    expect(ids(2)).toEqual(['generating', 'failed']);
    expect(ids(4)).toEqual(['waits-3', 'generating', 'failed', 'refused']);
    expect(ids(9)).toEqual(['waits-3', 'waits-2', 'waits-1', 'generating', 'failed', 'refused']);
  });
});
