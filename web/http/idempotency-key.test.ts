import { describe, expect, it } from 'vitest';
import { createIdempotencyKeys } from './idempotency-key.ts';

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
});
