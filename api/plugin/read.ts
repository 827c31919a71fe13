import { ROLES, type Scope } from '#contract/profile.ts';
import type { Plugin } from '#contract/plugin.ts';
import { API_BASE, INTERNAL_BASE } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import type { Prices } from '#domain/generation/pricing.ts';
import { STARTER_CREDITS } from '#domain/account/starter-credits.ts';
import about from '../../package.json' with { type: 'json' };
import type { Handler } from '../handler.ts';

const ALLOWS: Readonly<Record<Scope, string>> = {
  'avatars:read': 'Read avatars and what belongs to them',
  'usage:write': 'Say that an avatar was used',
  'generations:write': 'Make, change and delete',
  'generations:signal': 'Cancel generations and move them in the queue',
  'credits:write': 'Add credits that were paid for',
};

/** The same for everybody, made from what the routes, prices and tiers say themselves. */
export function readPlugin(prices: Prices): Handler<'readPlugin'> {
  const { free, plus, pro } = STARTER_CREDITS;
  const { generate, preset, upload } = prices;
  const body: Plugin = {
    id: about.name,
    name: 'Avatar Studio',
    description: 'Avatars with a persona, made once and used in every app of the platform.',
    version: about.version,
    credits: {
      prices: { generate, preset, upload },
      starter: { free, plus, pro },
      topups: API_BASE + ROUTES.createTopup.path,
    },
    access: {
      authentication: 'bearer-jwt',
      tiers: ['free', 'plus', 'pro'],
      roles: [...ROLES],
      scopes: (Object.keys(ALLOWS) as Scope[]).map((scope) => ({ scope, allows: ALLOWS[scope] })),
    },
    routes: {
      api: API_BASE,
      internal: INTERNAL_BASE,
      openapi: '/openapi.json',
      docs: '/docs',
      health: '/healthz',
      pages: [
        { path: '/projects', title: 'Projects' },
        { path: '/queue', title: 'Being made' },
      ],
    },
    dashboardCard: {
      title: 'Avatar Studio',
      text: 'Make a face for whatever you are making.',
      opens: '/projects',
      figures: [
        { label: 'Avatars', read: `${API_BASE}${ROUTES.listAvatars.path}?limit=1`, field: 'meta.total' },
        { label: 'Credits', read: API_BASE + ROUTES.readCredits.path, field: 'available' },
      ],
    },
  };
  return () => Promise.resolve({ status: 200, body });
}
