import { describe, expect, it } from 'vitest';
import { webhookUrlFault } from './webhook-url.ts';

describe('the URL of a webhook', () => {
  it.each(['https://example.com/', 'https://hooks.example.co.uk:8443/a?b=c', 'https://münchen.example/'])(
    'can be %s',
    (address) => {
      expect(webhookUrlFault(address, false)).toBeUndefined();
    },
  );

  const notPublic = 'must have a public host name';
  const anAddress = 'must name a server, not an IP address';
  const credentials = 'must not contain a user name or a password';
  it.each([
    ['http://example.com/', 'must begin with https://'],
    ['https://me:secret@example.com/', credentials],
    ['https://me@example.com/', credentials],
    ['https://:secret@example.com/', credentials],
    ['https://127.0.0.1/', anAddress],
    ['https://127.0.0.1./', anAddress],
    ['https://2130706433/', anAddress],
    ['https://0x7f.1/', anAddress],
    ['https://[::1]/', anAddress],
    ['https://localhost/', notPublic],
    ['https://localhost./', notPublic],
    ['https://api.localhost/', notPublic],
    ['https://printer.local/', notPublic],
    ['https://metadata.google.internal/', notPublic],
    ['https://metadata.google.internal./', notPublic],
    ['https://intranet/', notPublic],
    ['nonsense', 'is not a URL'],
  ])("can't be %s: it %s", (address, fault) => {
    expect(webhookUrlFault(address, false)).toBe(fault);
  });

  it('can be a loopback address in development, but never contain a password', () => {
    expect(webhookUrlFault('http://127.0.0.1:8000/', true)).toBeUndefined();
    expect(webhookUrlFault('http://a:b@127.0.0.1/', true)).toMatch(/password/);
  });
});
