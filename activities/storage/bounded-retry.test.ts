import { expect, it, vi } from 'vitest';
import { Hiccup, withRetries } from './bounded-retry.ts';

type Try = (signal: AbortSignal) => Promise<string>;

const LIMITS = { tryTimeoutMs: 50, tries: 3 };

it('tries a hiccup again, and no more often than allowed', async () => {
  const once = vi.fn<Try>().mockRejectedValueOnce(new Hiccup('busy')).mockResolvedValue('done');
  expect(await withRetries(LIMITS, once)).toBe('done');
  expect(once).toHaveBeenCalledTimes(2);

  const always = vi.fn<Try>().mockRejectedValue(new Hiccup('busy'));
  await expect(withRetries(LIMITS, always)).rejects.toThrow('busy');
  expect(always).toHaveBeenCalledTimes(3);
});

it('does not repeat what will not change', async () => {
  const refused = vi.fn<Try>().mockRejectedValue(new Error('forbidden'));
  await expect(withRetries(LIMITS, refused)).rejects.toThrow('forbidden');
  expect(refused).toHaveBeenCalledTimes(1);
});

it('cuts off a try that hangs', async () => {
  const hanging = vi.fn<Try>(
    (signal) => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  await expect(withRetries(LIMITS, hanging)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(hanging).toHaveBeenCalledTimes(3);
});
