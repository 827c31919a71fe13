/** A limit for the bytes that all requests hold together. */
export interface MemoryBudget {
  /** @returns false, without acquiring any, when fewer bytes are left */
  acquire(bytes: number): boolean;
  release(bytes: number): void;
}

export function createMemoryBudget(totalBytes: number): MemoryBudget {
  let left = totalBytes;
  return {
    acquire(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    release(bytes) {
      left += bytes;
    },
  };
}
