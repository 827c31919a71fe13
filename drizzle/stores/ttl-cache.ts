export interface TtlCache<Value> {
  /** The cached value; concurrent callers share one read. */
  read(): Promise<Value>;
  /** Makes the next call read again. */
  invalidate(): void;
}

/** Caches the result of `read` for `ttlMs`. A failed read is not cached. */
export function createTtlCache<Value>(ttlMs: number, read: () => Promise<Value>): TtlCache<Value> {
  let cached: { readonly readAt: number; readonly value: Promise<Value> } | undefined;
  return {
    read() {
      if (cached !== undefined && performance.now() - cached.readAt < ttlMs) return cached.value;
      const entry = { readAt: performance.now(), value: read() };
      cached = entry;
      entry.value.catch(() => {
        if (cached === entry) cached = undefined;
      });
      return entry.value;
    },
    invalidate() {
      cached = undefined;
    },
  };
}
