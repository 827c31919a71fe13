/** A limit for the bytes that all requests hold together, and for those of one account. */
export interface MemoryBudget {
  /** @returns false, without acquiring any, when fewer bytes are left for everybody or for this account */
  acquire(accountId: string, bytes: number): boolean;
  release(accountId: string, bytes: number): void;
}

/** @param shareBytes the most that one account may hold */
export function createMemoryBudget(totalBytes: number, shareBytes = totalBytes): MemoryBudget {
  const held = new Map<string, number>();
  let left = totalBytes;
  return {
    acquire(accountId, bytes) {
      const own = (held.get(accountId) ?? 0) + bytes;
      if (bytes > left || own > shareBytes) return false;
      left -= bytes;
      held.set(accountId, own);
      return true;
    },
    release(accountId, bytes) {
      left += bytes;
      const own = (held.get(accountId) ?? 0) - bytes;
      if (own > 0) held.set(accountId, own);
      else held.delete(accountId);
    },
  };
}
