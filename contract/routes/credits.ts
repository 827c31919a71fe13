import { createTopup, credits, prices, topup, transferList } from '../credits.ts';
import { listQuery } from '../list.ts';
import type { Route } from '../route.ts';

/** Balance, statement, prices. */
export const creditsRoutes = {
  readCredits: {
    method: 'get',
    path: '/credits',
    tag: 'Credits',
    summary: 'Read the caller’s balance',
    access: 'avatars:read',
    onBehalf: true,
    replies: { 200: credits },
  },
  listTransfers: {
    method: 'get',
    path: '/credits/transfers',
    tag: 'Credits',
    summary: 'List the caller’s credit transfers, newest first',
    access: 'avatars:read',
    onBehalf: true,
    query: listQuery,
    replies: { 200: transferList },
  },
  createTopup: {
    method: 'post',
    path: '/credits/topups',
    tag: 'Credits',
    summary: 'Add paid credits; idempotent by the reference',
    access: 'credits:write',
    only: 'service',
    opensAccount: true,
    body: createTopup,
    replies: { 201: topup },
    problems: ['idempotency_mismatch', 'account_erased'],
  },
  readPrices: {
    method: 'get',
    path: '/credits/prices',
    tag: 'Credits',
    summary: 'Read the prices, in credits',
    access: 'avatars:read',
    onBehalf: true,
    replies: { 200: prices },
  },
} as const satisfies Record<string, Route>;
