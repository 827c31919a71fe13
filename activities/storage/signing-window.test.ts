import { expect, it } from 'vitest';
import { SIGNING_WINDOW_MS, signingWindow } from './signing-window.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');

it('the signing window is the same throughout an hour and changes with the next', () => {
  const first = signingWindow(new Date(NINE));
  expect(signingWindow(new Date(NINE + SIGNING_WINDOW_MS - 1))).toEqual(first);
  expect(signingWindow(new Date(NINE + SIGNING_WINDOW_MS))).not.toEqual(first);
});

it('the signing window keeps a URL from its last moment valid for a whole window', () => {
  const last = NINE + SIGNING_WINDOW_MS - 1;
  expect(signingWindow(new Date(last)).expiresAt.getTime() - last).toBeGreaterThan(SIGNING_WINDOW_MS);
});
