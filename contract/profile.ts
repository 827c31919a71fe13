import { z } from 'zod';
import { OPTIMIZE_FOR, PROVIDER_CHOICES, PROVIDERS, QUALITIES } from '#domain/provider/provider.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { TIERS } from '#domain/generation/tier.ts';
import { withheldCredits } from './credits.ts';
import { timestamp, uuid } from './text.ts';

export const ROLES = ['user', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = [
  'avatars:read',
  'avatars:write',
  'avatars:delete',
  'generations:write',
  'generations:signal',
  'usage:write',
  'credits:write',
  'webhooks:manage',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Larger numbers are for apps, which create batches. */
export const GENERATION_COUNT_MAX = 8;
const DEFAULTS = { style: 'watercolor', quality: 'high', count: 4 } as const;

/** Default values of a user's generations. */
export const generationDefaults = z
  .strictObject({
    style: z.enum(STYLES).optional(),
    quality: z.enum(QUALITIES).optional(),
    optimizeFor: z.enum(OPTIMIZE_FOR).optional(),
    provider: z.enum(PROVIDER_CHOICES).optional(),
    count: z.number().int().min(1).max(GENERATION_COUNT_MAX).optional().meta({ description: 'Number of images' }),
  })
  .meta({
    id: 'GenerationDefaults',
    description: 'Initial values of the dialog for a new avatar; API requests are not affected',
    examples: [DEFAULTS],
  });
export type GenerationDefaults = z.infer<typeof generationDefaults>;

export const updateProfile = z
  .strictObject({
    defaults: generationDefaults.optional().meta({ description: 'All of them; an empty object clears them' }),
  })
  .meta({ id: 'UpdateProfile', description: 'Omitted fields stay as they are', examples: [{ defaults: DEFAULTS }] });

export const profile = z
  .strictObject({
    accountId: uuid,
    name: z.string().nullable(),
    tier: z.enum(TIERS),
    role: z.enum(ROLES),
    defaults: generationDefaults,
    providers: z.array(z.enum(PROVIDERS)).meta({ description: 'The providers that are configured here' }),
    starterCredits: withheldCredits,
    limits: z.strictObject({
      dailyGenerations: z.number().int(),
      dailyGenerationsLeft: z.number().int(),
      dailyLimitResetsAt: timestamp.meta({ description: 'End of the UTC day' }),
      hourlyGenerations: z.number().int(),
      hourlyGenerationsLeft: z.number().int(),
      hourlyLimitResetsAt: timestamp.meta({ description: 'End of the UTC hour' }),
      unfinishedGenerations: z.number().int(),
      unfinishedGenerationsLeft: z.number().int(),
      requestsPerMinute: z.number().int(),
      requestsLeft: z.number().int().meta({ description: 'In the current minute' }),
      uploadsPerMinute: z.number().int().meta({ description: 'As many inspections are allowed besides' }),
      uploadsLeft: z.number().int(),
    }),
  })
  .meta({
    id: 'Profile',
    examples: [
      {
        accountId: '01939ca0-1000-7a3a-8b2c-3d4e5f607182',
        name: 'Alice',
        tier: 'free',
        role: 'user',
        defaults: DEFAULTS,
        providers: ['replicate', 'illustrator'],
        starterCredits: { amount: 100, reason: 'network', retryAt: '2026-11-24T07:12:30.000Z' },
        limits: {
          dailyGenerations: 50,
          dailyGenerationsLeft: 47,
          dailyLimitResetsAt: '2026-11-24T00:00:00.000Z',
          hourlyGenerations: 40,
          hourlyGenerationsLeft: 38,
          hourlyLimitResetsAt: '2026-11-23T09:00:00.000Z',
          unfinishedGenerations: 20,
          unfinishedGenerationsLeft: 19,
          requestsPerMinute: 300,
          requestsLeft: 288,
          uploadsPerMinute: 20,
          uploadsLeft: 20,
        },
      },
    ],
  });
export type Profile = z.infer<typeof profile>;

/** The embedded stack's demo users; the route does not exist where an identity provider is configured. */
export const DEMO_USERS = ['alice', 'bob', 'admin'] as const;
export const demoSignIn = z
  .strictObject({ user: z.enum(DEMO_USERS) })
  .meta({ id: 'DemoSignIn', examples: [{ user: 'alice' }] });
export const demoToken = z
  .strictObject({ token: z.string(), expiresInSeconds: z.number().int() })
  .meta({ id: 'DemoToken', examples: [{ token: 'eyJhbGciOiJFUzI1NiJ9.…', expiresInSeconds: 43_200 }] });
/** The request parameters for a token's audience: Auth0's, and that of RFC 8707. */
export const AUDIENCE_PARAMETERS = ['audience', 'resource'] as const;
export const signInOptions = z
  .strictObject({
    demo: z.array(z.strictObject({ user: z.enum(DEMO_USERS), tier: z.enum(TIERS), role: z.enum(ROLES) })),
    oidc: z
      .strictObject({
        issuer: z.string().meta({ description: 'URL of its discovery document' }),
        clientId: z.string().meta({ description: 'A public client: authorization code with PKCE, no secret' }),
        scope: z.string(),
        audienceParameter: z
          .strictObject({ name: z.enum(AUDIENCE_PARAMETERS), value: z.string() })
          .nullable()
          .meta({ description: 'The audience parameter for tokens of this API; null: the provider needs none' }),
      })
      .nullable()
      .meta({ description: 'The identity provider that signs users in; null: demo users sign in' }),
  })
  .meta({
    id: 'SignInOptions',
    examples: [
      { demo: [{ user: 'alice', tier: 'free', role: 'user' }], oidc: null },
      {
        demo: [],
        oidc: {
          issuer: 'https://id.example.com/realms/people',
          clientId: 'avatar-studio-web',
          scope: 'openid profile',
          audienceParameter: null,
        },
      },
    ],
  });
export type SignInOptions = z.infer<typeof signInOptions>;
