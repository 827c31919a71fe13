import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = new Date('2026-11-23T08:00:00Z');
const LOW_BALANCE =
  '{"detail":"Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit. Your rate limit resets in ~5s.","status":429,"retry_after":4}';

it.each([
  ['seconds in the header', { 'retry-after': '12' }, '', 12_000],
  ['a date in the header', { 'retry-after': 'Mon, 23 Nov 2026 08:00:30 GMT' }, '', 30_000],
  ['a date that has passed', { 'retry-after': 'Mon, 23 Nov 2026 07:00:00 GMT' }, '', 0],
  ['the header before the body', { 'retry-after': '1' }, LOW_BALANCE, 1_000],
  ['retry_after in the body of a low balance', {}, LOW_BALANCE, 4_000],
  ['only text', {}, '{"detail":"Request was throttled. Your rate limit resets in ~30s."}', 30_000],
  ['an excessive value, capped at ten minutes', { 'retry-after': '86400' }, '', 600_000],
  ['nothing', {}, '{"detail":"Too many requests"}', undefined],
  ['nonsense', { 'retry-after': 'soon' }, '', undefined],
] as const)('retryAfterMs reads %s', (_, headers, body, expected) => {
  expect(retryAfterMs(new Headers(headers), body, NOW)).toBe(expected);
});
