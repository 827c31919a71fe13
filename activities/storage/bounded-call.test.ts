import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { createBoundedCall } from './bounded-call.ts';

type Call = () => Promise<string>;

const LIMITS = { tryTimeoutMs: 50, tries: 3 };
const bounded = createBoundedCall(LIMITS, (error) => (error as Error).message === 'busy');

it('a bounded call retries a transient error, up to its limit', async () => {
  const once = vi.fn<Call>().mockRejectedValueOnce(new Error('busy')).mockResolvedValue('done');
  expect(await bounded(once)).toBe('done');
  expect(once).toHaveBeenCalledTimes(2);

  const always = vi.fn<Call>().mockRejectedValue(new Error('busy'));
  await expect(bounded(always)).rejects.toThrow('busy');
  expect(always).toHaveBeenCalledTimes(LIMITS.tries);
});

it('a bounded call does not retry a permanent error', async () => {
  const refused = vi.fn<Call>().mockRejectedValue(new Error('forbidden'));
  await expect(bounded(refused)).rejects.toThrow('forbidden');
  expect(refused).toHaveBeenCalledTimes(1);
});

it('a bounded call times out work that hangs without a request', async () => {
  const hanging = vi.fn<Call>(() => new Promise<never>(() => undefined));
  await expect(bounded(hanging)).rejects.toMatchObject({ isTaskCancelledError: true });
  expect(hanging).toHaveBeenCalledTimes(LIMITS.tries);
});

it('a bounded call does not destroy requests outside of it', async () => {
  const server = createServer((_, response) => setTimeout(() => response.end('late'), 3 * LIMITS.tryTimeoutMs));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const request = () =>
    new Promise<number | undefined>((resolve, reject) => {
      get({ port, agent: false }, (reply) => resolve(reply.resume().statusCode)).on('error', reject);
    });
  const outside = request();
  await expect(bounded(request)).rejects.toMatchObject({ isTaskCancelledError: true });
  expect(await outside).toBe(200);
  await new Promise((resolve) => server.close(resolve));
});
