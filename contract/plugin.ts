import { z } from 'zod';
import { TIERS } from '#domain/generation/tier.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { prices } from './credits.ts';
import { ROLES, SCOPES } from './profile.ts';

const path = z.string().startsWith('/');
const credits = z.number().int().min(0);

/** The plugin manifest: what the platform needs to list this app, charge for it and grant access. */
export const plugin = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    version: z.string(),
    credits: z.strictObject({
      prices,
      starter: z
        .strictObject({ free: credits, plus: credits, pro: credits })
        .meta({ description: 'Credits that a new account starts with, once per user' }),
      topups: path.meta({ description: 'For the payment service that adds credits' }),
    }),
    access: z.strictObject({
      authentication: z.literal('bearer-jwt'),
      tiers: z.array(z.enum(TIERS)),
      roles: z.array(z.enum(ROLES)),
      scopes: z.array(z.strictObject({ scope: z.enum(SCOPES), allows: z.string() })),
    }),
    routes: z.strictObject({
      api: path,
      internal: path.meta({ description: 'For platform services only' }),
      openapi: path,
      docs: path,
      health: path,
      pages: z.array(z.strictObject({ path, title: z.string() })),
      reportAvatar: path.meta({
        description: 'The page on which users report an avatar that another app shows; {id} stands for the avatar’s id',
      }),
    }),
    dashboardCard: z.strictObject({
      title: z.string(),
      text: z.string(),
      opens: path,
      figures: z
        .array(
          z.strictObject({
            label: z.string(),
            read: path.meta({ description: "Requested with the user's own token" }),
            field: z.string().meta({ description: 'Path in the response, names separated by dots' }),
          }),
        )
        .max(3),
    }),
  })
  .meta({
    id: 'Plugin',
    examples: [
      {
        id: 'avatar-studio',
        name: 'Avatar Studio',
        description: 'Avatars with a persona, for every app on the platform.',
        version: '0.1.0',
        credits: {
          prices: DEFAULT_PRICES,
          starter: { free: 100, plus: 500, pro: 1000 },
          topups: '/api/v1/credits/topups',
        },
        access: {
          authentication: 'bearer-jwt',
          tiers: ['free', 'plus', 'pro'],
          roles: ['user', 'admin'],
          scopes: [{ scope: 'avatars:read', allows: 'Read avatars and related data' }],
        },
        routes: {
          api: '/api/v1',
          internal: '/internal/v1',
          openapi: '/openapi.json',
          docs: '/docs',
          health: '/healthz',
          pages: [{ path: '/projects', title: 'Projects' }],
          reportAvatar: '/avatars/{id}/report',
        },
        dashboardCard: {
          title: 'Avatar Studio',
          text: 'Generate avatars for your apps.',
          opens: '/projects',
          figures: [{ label: 'Avatars', read: '/api/v1/avatars?limit=1', field: 'meta.total' }],
        },
      },
    ],
  });
export type Plugin = z.infer<typeof plugin>;
