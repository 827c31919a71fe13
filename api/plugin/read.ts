import { ROLES, type Scope } from '#contract/profile.ts';
import type { Plugin } from '#contract/plugin.ts';
import { API_BASE, INTERNAL_BASE } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import type { Prices } from '#domain/generation/pricing.ts';
import { STARTER_CREDITS } from '#domain/account/starter-credits.ts';
import about from '../../package.json' with { type: 'json' };
import type { Handler } from '../handler.ts';

const SCOPE_DESCRIPTIONS: Readonly<Record<Scope, string>> = {
  'avatars:read': 'Read avatars and related data',
  'avatars:write': 'Create and change projects, presets and the details of avatars',
  'avatars:delete': 'Delete projects, presets and avatars',
  'generations:write': 'Generate and upload avatars, which costs credits',
  'generations:signal': 'Cancel generations and change their priority',
  'usage:write': 'Record that an avatar was used',
  'credits:write': 'Add purchased credits',
  'webhooks:manage': 'Read and change the webhook of an account',
};

/** Returns the plugin manifest, built from the routes, prices and tiers; it is the same for every caller. */
export function readPlugin(prices: Prices): Handler<'readPlugin'> {
  const { free, plus, pro } = STARTER_CREDITS;
  const body: Plugin = {
    id: about.name,
    name: 'Avatar Studio',
    description: 'Avatars with a persona: generated once, used in every app of the platform.',
    version: about.version,
    credits: {
      prices,
      starter: { free, plus, pro },
      topups: API_BASE + ROUTES.createTopup.path,
    },
    access: {
      authentication: 'bearer-jwt',
      tiers: ['free', 'plus', 'pro'],
      roles: [...ROLES],
      scopes: (Object.keys(SCOPE_DESCRIPTIONS) as Scope[]).map((scope) => ({
        scope,
        allows: SCOPE_DESCRIPTIONS[scope],
      })),
    },
    routes: {
      api: API_BASE,
      internal: INTERNAL_BASE,
      openapi: '/openapi.json',
      docs: '/docs',
      health: '/healthz',
      pages: [
        { path: '/projects', title: 'Projects' },
        { path: '/queue', title: 'Queue' },
      ],
      reportAvatar: '/avatars/{id}/report',
    },
    dashboardCard: {
      title: 'Avatar Studio',
      text: 'Generate avatars for your apps.',
      opens: '/projects',
      figures: [
        { label: 'Avatars', read: `${API_BASE}${ROUTES.listAvatars.path}?limit=1`, field: 'meta.total' },
        { label: 'Credits', read: API_BASE + ROUTES.readCredits.path, field: 'available' },
      ],
    },
  };
  return () => Promise.resolve({ status: 200, body });
}
