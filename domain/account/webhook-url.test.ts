import { describe, expect, it } from 'vitest';
import { webhookUrlFault } from './webhook-url.ts';

describe('the URL of a webhook', () => {
  it.each(['https://example.com/', 'https://hooks.example.co.uk:8443/a?b=c', 'https://münchen.example/'])(
    'can be %s',
    (address) => {
      expect(webhookUrlFault(address, false)).toBeUndefined();
    },
  );

  it.each([
    'http://example.com/',
    'https://me:secret@example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://localhost./',
    'https://api.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'nonsense',
  ])("can't be %s", (address) => {
    expect(webhookUrlFault(address, false)).toEqual(expect.any(String));
  });

  it('can be a loopback address in development, but never contain a password', () => {
    expect(webhookUrlFault('http://127.0.0.1:8000/', true)).toBeUndefined();
    expect(webhookUrlFault('http://a:b@127.0.0.1/', true)).toMatch(/password/);
  });
});
