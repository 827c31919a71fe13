import { z } from 'zod';
import { DISABLED_REASONS, OLD_SECRET_HOURS, WEBHOOK_EVENTS } from '#domain/account/webhook.ts';
import { timestamp, uuid } from './text.ts';

const URL_MAX_LENGTH = 2000;

const url = z
  .url({ protocol: /^https?$/ })
  .max(URL_MAX_LENGTH)
  .meta({ description: 'https with a public host name; checked at every delivery' });
const events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1)
  .max(WEBHOOK_EVENTS.length)
  .refine((list) => new Set(list).size === list.length, { error: 'must not contain an event twice' })
  .meta({ uniqueItems: true });

const WEBHOOK = {
  id: '0198c0de-0000-7000-8000-000000000030',
  url: 'https://example.com/avatars',
  events: ['generation.completed', 'generation.failed'],
  enabled: true,
  disabledReason: null,
  oldSecretUntil: null,
  lastDeliveredAt: '2026-11-23T08:00:00.000Z',
  lastFailure: null,
  createdAt: '2026-11-22T08:00:00.000Z',
  updatedAt: '2026-11-22T08:00:00.000Z',
} as const;
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const fields = {
  id: uuid,
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  enabled: z.boolean(),
  disabledReason: z.enum(DISABLED_REASONS).nullable().meta({
    description: 'unreachable: deliveries failed, each after a day of attempts. gone: the server responded with 410',
  }),
  oldSecretUntil: timestamp
    .nullable()
    .meta({ description: 'Until this time deliveries are also signed with the previous secret' }),
  lastDeliveredAt: timestamp.nullable(),
  lastFailure: z
    .strictObject({ at: timestamp, message: z.string(), attempts: z.number().int() })
    .nullable()
    .meta({ description: 'The newest failed delivery' }),
  createdAt: timestamp,
  updatedAt: timestamp,
};

export const webhook = z.strictObject(fields).meta({ id: 'Webhook', examples: [WEBHOOK] });
export type Webhook = z.infer<typeof webhook>;
/** Null when the account has no webhook: that is the usual case, and not an error. */
export const myWebhook = webhook
  .nullable()
  .meta({ id: 'MyWebhook', description: 'null: the account has no webhook', examples: [WEBHOOK, null] });

export const webhookWithSecret = z
  .strictObject({
    ...fields,
    secret: z.string().meta({ description: 'Shown only once: verifies `webhook-signature` (Standard Webhooks)' }),
  })
  .meta({ id: 'WebhookWithSecret', examples: [{ ...WEBHOOK, secret: SECRET }] });

export const createWebhook = z
  .strictObject({ url, events })
  .meta({ id: 'CreateWebhook', examples: [{ url: WEBHOOK.url, events: [...WEBHOOK.events] }] });
export const updateWebhook = z
  .strictObject({ url: url.optional(), events: events.optional(), enabled: z.boolean().optional() })
  .meta({ id: 'UpdateWebhook', examples: [{ enabled: false }] });

export const rotatedSecret = z.strictObject({ secret: z.string(), oldSecretUntil: timestamp }).meta({
  id: 'RotatedSecret',
  description: `Deliveries are signed with both secrets for ${OLD_SECRET_HOURS} hours`,
  examples: [{ secret: SECRET, oldSecretUntil: '2026-11-24T08:00:00.000Z' }],
});

/** Of a provider's callback route: the attempt whose job has ended. Part of the address that the provider was given. */
export const callbackQuery = z.strictObject({ attempt: z.uuid().optional() });

/** fal's callback when a request has ended. Only its id is used: the result is read from fal's API. */
export const falCallback = z.looseObject({ request_id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/) }).meta({
  id: 'FalCallback',
  examples: [{ request_id: '024ca5b145d34afd883ead3abe2a1c4d', status: 'OK' }],
});

/** Replicate's callback when a prediction has ended. Only its id is used: the result is read from Replicate's API. */
export const replicateCallback = z
  .looseObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })
  .meta({ id: 'ReplicateCallback', examples: [{ id: 'rrr4z55ocneqzikepnug6xezpe', status: 'succeeded' }] });
