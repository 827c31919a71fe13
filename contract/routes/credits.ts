import { createTopup, credits, prices, topup, transferList } from '../credits.ts';
import { listQuery } from '../list.ts';
import type { Route } from '../route.ts';

/** Balance, statement, prices. */
export const creditsRoutes = {
  readCredits: {
    method: 'get',
    path: '/credits',
    tag: 'Credits',
    summary: 'My balance',
    access: 'avatars:read',
    replies: { 200: credits },
  },
  listTransfers: {
    method: 'get',
    path: '/credits/transfers',
    tag: 'Credits',
    summary: 'My statement, newest first',
    access: 'avatars:read',
    query: listQuery,
    replies: { 200: transferList },
  },
  createTopup: {
    method: 'post',
    path: '/credits/topups',
    tag: 'Credits',
    summary: 'Add credits that somebody paid for; idempotent by its reference',
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
    summary: 'What things cost, in credits',
    access: 'avatars:read',
    replies: { 200: prices },
  },
} as const satisfies Record<string, Route>;
