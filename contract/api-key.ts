import { z } from 'zod';
import { API_KEY_DAYS_MAX, API_KEY_PATTERN, API_KEY_START_LENGTH, ROTATED_KEY_HOURS } from '#domain/account/api-key.ts';
import { SCOPES } from './profile.ts';
import { text, timestamp, uuid } from './text.ts';

const NAME_MAX_LENGTH = 100;
const EXAMPLE_KEY = 'avs_8Zk3vQ1mXy7Rt5Lw2Nc9Jd4Hs6Fb0Gp1A4fK2q';

/** What a key may do: purchased credits are added by services only. */
export const KEY_SCOPES = SCOPES.filter((scope) => scope !== 'credits:write');

const API_KEY = {
  id: '0198c0de-0000-7000-8000-000000000040',
  name: 'Newsletter script',
  start: EXAMPLE_KEY.slice(0, API_KEY_START_LENGTH),
  scopes: ['avatars:read'],
  createdAt: '2026-11-22T08:00:00.000Z',
  expiresAt: '2027-02-20T08:00:00.000Z',
  lastUsedAt: null,
} as const;

const scopes = z
  .array(z.enum(KEY_SCOPES))
  .min(1)
  .max(KEY_SCOPES.length)
  .refine((list) => new Set(list).size === list.length, { error: 'must not contain a scope twice' })
  .meta({ uniqueItems: true });

const fields = {
  id: uuid,
  name: z.string(),
  start: z.string().meta({ description: 'The first characters of the key' }),
  scopes: z.array(z.enum(KEY_SCOPES)),
  createdAt: timestamp,
  expiresAt: timestamp,
  lastUsedAt: timestamp.nullable().meta({ description: 'To the minute; null: never used' }),
};

const apiKey = z.strictObject(fields).meta({ id: 'ApiKey', examples: [API_KEY] });
export type ApiKey = z.infer<typeof apiKey>;

/** All of them: an account has few. */
export const apiKeyList = z
  .strictObject({ data: z.array(apiKey) })
  .meta({ id: 'ApiKeyList', examples: [{ data: [API_KEY] }] });

export const apiKeyWithSecret = z
  .strictObject({
    ...fields,
    key: z.string().meta({ description: `Shown only once: send it as a bearer token. It matches ${API_KEY_PATTERN}` }),
  })
  .meta({ id: 'ApiKeyWithSecret', examples: [{ ...API_KEY, key: EXAMPLE_KEY }] });

export const createApiKey = z
  .strictObject({
    name: text(NAME_MAX_LENGTH),
    scopes,
    expiresInDays: z.number().int().min(1).max(API_KEY_DAYS_MAX),
  })
  .meta({ id: 'CreateApiKey', examples: [{ name: API_KEY.name, scopes: ['avatars:read'], expiresInDays: 90 }] });

/** The previous key expires {@link ROTATED_KEY_HOURS} hours after the rotation, or earlier if it would have anyway. */
export const ROTATION_SUMMARY = `Replace a key by a new one with the same name and scopes; the old one works for ${ROTATED_KEY_HOURS} more hours`;
