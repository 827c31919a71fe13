import { describe, expect, it } from 'vitest';
import { createIdempotencyKeys } from './idempotency-key.ts';
import { RequestFailed } from './request-failed.ts';

function numbered() {
  let last = 0;
  return createIdempotencyKeys(() => `key-${(last += 1)}`);
}

describe('createIdempotencyKeys', () => {
  it('returns the same key while the same request is retried without a response', () => {
    const keys = numbered();
    expect(keys.keyFor({ prompt: 'a' })).toBe('key-1');
    expect(keys.keyFor({ prompt: 'a' })).toBe('key-1');
  });

  it('returns a new key for another request', () => {
    const keys = numbered();
    keys.keyFor({ prompt: 'a' });
    expect(keys.keyFor({ prompt: 'b' })).toBe('key-2');
  });

  it('returns a new key once the request is settled', () => {
    const keys = numbered();
    keys.keyFor({ prompt: 'a' });
    keys.settled();
    expect(keys.keyFor({ prompt: 'a' })).toBe('key-2');
  });

  it.each([
    ['the same key', 'may have been carried out', 'unavailable', 503, 'key-1'],
    ['a new key', 'was refused', 'validation_failed', 400, 'key-2'],
  ] as const)('returns %s after a failure if the request %s', (_key, _reason, code, status, next) => {
    const keys = numbered();
    keys.keyFor({ prompt: 'a' });
    keys.failed(new RequestFailed({ code, status, message: '' }));
    expect(keys.keyFor({ prompt: 'a' })).toBe(next);
  });
});
