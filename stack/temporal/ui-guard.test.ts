import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ruleTemporalUi } from './ui-guard.ts';

const UI = '127.0.0.1:8233';
const VISIT = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

function statusOf(headers: IncomingHttpHeaders, method = 'GET'): number {
  const ruling = ruleTemporalUi({ method, url: '/api/v1/namespaces', headers } as IncomingMessage);
  return 'refuse' in ruling ? ruling.refuse : 200;
}

describe('the Temporal UI behind its guard', () => {
  test.each<[string, IncomingHttpHeaders, string]>([
    ['programs', { host: UI }, 'POST'],
    ['its own pages', { host: UI, origin: `http://${UI}`, 'sec-fetch-site': 'same-origin' }, 'POST'],
    ['its own pages under another loopback name', { host: 'localhost:8233', origin: 'http://localhost:8233' }, 'POST'],
    ['whoever enters the address', { host: UI, 'sec-fetch-site': 'none', ...VISIT }, 'GET'],
    ['whoever follows a link of the studio', { host: UI, 'sec-fetch-site': 'same-site', ...VISIT }, 'GET'],
    ['whoever follows a link', { host: UI, 'sec-fetch-site': 'cross-site', ...VISIT }, 'GET'],
  ])('answers %s', (_who, headers, method) => {
    expect(statusOf(headers, method)).toBe(200);
  });

  test.each<[string, IncomingHttpHeaders, string, number]>([
    ['DNS rebinding', { host: 'rebound.example:8233', 'sec-fetch-site': 'same-origin' }, 'GET', 421],
    ['no Host', {}, 'GET', 421],
    ['a script of a website', { host: UI, origin: 'https://evil.example' }, 'GET', 403],
    ['a form of a website', { host: UI, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'POST', 403],
    ['a sandboxed frame', { host: UI, origin: 'null' }, 'POST', 403],
    ['an image tag', { host: UI, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 'GET', 403],
    ['a frame', { host: UI, 'sec-fetch-site': 'cross-site', ...VISIT, 'sec-fetch-dest': 'iframe' }, 'GET', 403],
    ['a form that navigates', { host: UI, 'sec-fetch-site': 'cross-site', ...VISIT }, 'POST', 403],
    ['another port of this machine', { host: UI, origin: 'http://127.0.0.1:9999' }, 'POST', 403],
  ])('refuses %s', (_what, headers, method, status) => {
    expect(statusOf(headers, method)).toBe(status);
  });
});
