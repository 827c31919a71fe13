import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { allowedHosts, allowHosts } from './allowed-hosts.ts';

/** The status that a request with this Host gets; 200 if it is let through. */
function statusOf(hosts: readonly string[] | undefined, host: string | undefined): number {
  let status = 0;
  const response = { writeHead: (code: number) => void (status = code), end: () => undefined };
  const request = { headers: { host } } as IncomingMessage;
  allowHosts(hosts)(request, response as unknown as ServerResponse, () => void (status = 200));
  return status;
}

describe('the hosts of a demo', () => {
  it.each([
    '127.0.0.1:3000',
    'localhost:8080',
    'LOCALHOST',
    '127.9.9.9',
    '[::1]:3000',
    'Studio.Test',
    'studio.test:443',
  ])('include loopback names and configured ones: %s', (host) => {
    expect(statusOf(['studio.test'], host)).toBe(200);
  });

  it.each([
    'rebound.example',
    'rebound.example:3000',
    '127.0.0.1.rebound.example',
    'localhost.rebound.example',
    'studio.test.rebound.example',
    '192.168.0.7',
    '127.0.0.1@rebound.example',
    '',
    undefined,
  ])('exclude every other, which is answered 421: %s', (host) => {
    expect(statusOf(['studio.test'], host)).toBe(421);
  });

  it('are all hosts where users sign in at a provider', () => {
    expect(statusOf(undefined, 'anything.example')).toBe(200);
  });

  it('are configured as names without ports', () => {
    expect(allowedHosts.parse('api, studio.test')).toEqual(['api', 'studio.test']);
    expect(allowedHosts.safeParse('studio.test:443').success).toBe(false);
    expect(allowedHosts.safeParse('*').success).toBe(false);
  });
});
