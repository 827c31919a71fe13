import { credits, prices, transferList } from '../credits.ts';
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
  readPrices: {
    method: 'get',
    path: '/credits/prices',
    tag: 'Credits',
    summary: 'What things cost, in credits',
    access: 'avatars:read',
    replies: { 200: prices },
  },
} as const satisfies Record<string, Route>;
