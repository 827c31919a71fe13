import { describe, expect, it } from 'vitest';
import { createRequestSlots } from './request-slots.ts';

const busy = { code: 'unavailable', details: { retryAfterSeconds: 2 } };

describe('request slots', () => {
  it('refuse work at once while all of them are held, and accept it again when one is free', async () => {
    const slots = createRequestSlots(2);
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const held = [slots.hold(() => first.promise), slots.hold(() => second.promise)];
    expect(() => slots.assertFree()).toThrow('The API is too busy at the moment');
    let ran = false;
    await expect(slots.hold(async () => void (ran = true))).rejects.toMatchObject(busy);
    expect(ran).toBe(false);
    first.resolve('done');
    expect(await held[0]).toBe('done');
    slots.assertFree();
    expect(await slots.hold(async () => 'next')).toBe('next');
    second.reject(new Error('failed'));
    await expect(held[1]).rejects.toThrow('failed');
    slots.assertFree();
  });

  it('are free again after work that throws', async () => {
    const slots = createRequestSlots(1);
    for (let round = 0; round < 3; round += 1) {
      await expect(slots.hold(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    }
    slots.assertFree();
  });
});
