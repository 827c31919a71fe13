/** The latest result of a read, for all callers that accept its age. */
export interface SharedRead<Value> {
  isFresh(maxAgeMs: number): boolean;
  /** Reads again when the latest result is older; concurrent callers share one read. A failed one is forgotten. */
  read(maxAgeMs: number): Promise<Value>;
  /** A read that has just begun elsewhere becomes the latest one. */
  share(value: Promise<Value>): Promise<Value>;
}

export function createSharedRead<Value>(read: () => Promise<Value>): SharedRead<Value> {
  let latest: { readonly at: number; readonly value: Promise<Value> } | undefined;

  const isFresh = (maxAgeMs: number) => latest !== undefined && performance.now() - latest.at < maxAgeMs;
  const share = (value: Promise<Value>) => {
    const entry = { at: performance.now(), value };
    latest = entry;
    value.catch(() => {
      if (latest === entry) latest = undefined;
    });
    return value;
  };

  return {
    isFresh,
    share,
    read: (maxAgeMs) => (latest !== undefined && isFresh(maxAgeMs) ? latest.value : share(read())),
  };
}
