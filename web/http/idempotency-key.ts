/**
 * One key per intent. The key is kept while the request is the same and nobody knows how the last sending of it ended,
 * so that pressing the button again after a lost answer never charges twice; once it is settled, the next press is a new intent.
 */
export interface IdempotencyKeys {
  keyFor(request: unknown): string;
  settled(): void;
}

export function createIdempotencyKeys(newKey: () => string = () => crypto.randomUUID()): IdempotencyKeys {
  let open: { request: string; key: string } | undefined;
  return {
    keyFor(request) {
      const text = JSON.stringify(request);
      if (open?.request !== text) open = { request: text, key: newKey() };
      return open.key;
    },
    settled() {
      open = undefined;
    },
  };
}
