/**
 * One idempotency key per intent. The key stays while the request is unchanged and its outcome is unknown, so that pressing the
 * button again after a lost response never charges twice. Once settled, the next press is a new intent.
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
