/** Bytes that many requests may hold together. */
export interface MemoryBudget {
  /** @returns false, and takes nothing, when that much is not left */
  acquire(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function createMemoryBudget(totalBytes: number): MemoryBudget {
  let left = totalBytes;
  return {
    acquire(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    giveBack(bytes) {
      left += bytes;
    },
  };
}
