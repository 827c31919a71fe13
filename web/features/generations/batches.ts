import type { Generation } from '#contract/generation.ts';
import { isInProgress } from './in-progress.ts';

export interface BatchProgress {
  readonly batchId: string;
  /** Of its first request. */
  readonly name: string;
  readonly size: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly activeCount: number;
}

/** Batches with something under way, newest first, as far as the stream tells of their members. */
export function activeBatches(byId: Readonly<Record<string, Generation>>): readonly BatchProgress[] {
  const members = Map.groupBy(Object.values(byId), ({ batchId }) => batchId);
  return [...members]
    .flatMap(([batchId, of]) => (batchId === null ? [] : [progressOf(batchId, of)]))
    .filter(({ activeCount: underWay }) => underWay > 0)
    .toSorted((a, b) => b.batchId.localeCompare(a.batchId)); // ids carry their time
}

function progressOf(batchId: string, members: readonly Generation[]): BatchProgress {
  const count = (status: Generation['status']) => members.filter((one) => one.status === status).length;
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
