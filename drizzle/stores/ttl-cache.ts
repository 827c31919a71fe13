export interface TtlCache<Value> {
  /** What was read at most so long ago; many that ask together share one read. */
  read(): Promise<Value>;
  /** The next one reads anew. */
  forget(): void;
}

/** Keeps what `read` gives for so long. A read that fails is told to whoever asked, and not kept. */
export function createTtlCache<Value>(ttlMs: number, read: () => Promise<Value>): TtlCache<Value> {
  let known: { readonly readAt: number; readonly value: Promise<Value> } | undefined;
  return {
    read() {
      if (known !== undefined && performance.now() - known.readAt < ttlMs) return known.value;
      const entry = { readAt: performance.now(), value: read() };
      known = entry;
      entry.value.catch(() => {
        if (known === entry) known = undefined;
      });
      return entry.value;
    },
    forget() {
      known = undefined;
    },
  };
}
