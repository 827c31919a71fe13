import { describe, expect, it } from 'vitest';
import { createIdempotencyKeys } from './idempotency-key.ts';

function numbered() {
  let last = 0;
  return createIdempotencyKeys(() => `key-${(last += 1)}`);
}

describe('the key of an intent', () => {
  it('stays while the same request is sent again without having been answered', () => {
    const keys = numbered();
    expect(keys.keyFor({ prompt: 'a' })).toBe('key-1');
    expect(keys.keyFor({ prompt: 'a' })).toBe('key-1');
  });

  it('is a new one for another request', () => {
    const keys = numbered();
    keys.keyFor({ prompt: 'a' });
    expect(keys.keyFor({ prompt: 'b' })).toBe('key-2');
  });

  it('is a new one for the next press after an answer', () => {
    const keys = numbered();
    keys.keyFor({ prompt: 'a' });
    keys.settled();
    expect(keys.keyFor({ prompt: 'a' })).toBe('key-2');
  });
});
