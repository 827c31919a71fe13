import { describe, expect, it } from 'vitest';
import { attemptOfAddress, callbackAddress } from './callback-address.ts';

const ATTEMPT = '01990000-0000-7000-8000-000000000001';

describe('the address of a callback', () => {
  it('names the attempt, and keeps what the base has', () => {
    const address = callbackAddress('https://studio.example/api/v1/webhooks/fal?zone=eu', ATTEMPT);
    expect(address).toBe(`https://studio.example/api/v1/webhooks/fal?zone=eu&attempt=${ATTEMPT}`);
    expect(attemptOfAddress(address)).toBe(ATTEMPT);
  });

  it.each([null, undefined, '', 'nonsense', 'https://studio.example/api/v1/webhooks/fal'])(
    '%s names no attempt',
    (address) => {
      expect(attemptOfAddress(address)).toBeUndefined();
    },
  );
});
