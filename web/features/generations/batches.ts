import type { Generation } from '#contract/generation.ts';
import { isInProgress } from './in-progress.ts';

export interface BatchProgress {
  readonly batchId: string;
  /** The name of its first generation. */
  readonly name: string;
  readonly size: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly activeCount: number;
}

/** Batches with unfinished generations, newest first. Counts only the members that the event stream has reported. */
export function activeBatches(byId: Readonly<Record<string, Generation>>): readonly BatchProgress[] {
  const members = Map.groupBy(Object.values(byId), ({ batchId }) => batchId);
  return [...members]
    .flatMap(([batchId, generations]) => (batchId === null ? [] : [progressOf(batchId, generations)]))
    .filter(({ activeCount }) => activeCount > 0)
    .toSorted((a, b) => b.batchId.localeCompare(a.batchId)); // ids sort by time
}

function progressOf(batchId: string, members: readonly Generation[]): BatchProgress {
  const count = (status: Generation['status']) => members.filter((member) => member.status === status).length;
  return {
    batchId,
    name: members[0]?.name ?? '',
    size: members.length,
    done: count('completed'),
    failed: count('failed') + members.filter(({ refusal }) => refusal !== null).length,
    cancelled: count('cancelled'),
    activeCount: members.filter(isInProgress).length,
  };
}
