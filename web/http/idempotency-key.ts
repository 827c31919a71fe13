import { randomId } from '../browser/random-id.ts';
import { RequestFailed } from './request-failed.ts';

/**
 * One idempotency key per intent. The key stays while the request is unchanged and its outcome is unknown, so that pressing the
 * button again after a lost response never charges twice. Once settled, the next press is a new intent.
 */
export interface IdempotencyKeys {
  keyFor(request: unknown): string;
  settled(): void;
  /** Settles, unless the request may have been carried out. */
  failed(error: unknown): void;
}

export function createIdempotencyKeys(newKey: () => string = randomId): IdempotencyKeys {
  let open: { request: string; key: string } | undefined;
  const settled = () => {
    open = undefined;
  };
  return {
    keyFor(request) {
      const text = JSON.stringify(request);
      if (open?.request !== text) open = { request: text, key: newKey() };
      return open.key;
    },
    settled,
    failed(error) {
      if (!(error instanceof RequestFailed && error.outcomeUnknown)) settled();
    },
  };
}
