import { z } from 'zod';
import {
  ADDRESS_VARIABLES,
  BUDGET_VARIABLES,
  KEY_VARIABLES,
  WEBHOOK_ACCOUNT_VARIABLES,
  WEBHOOK_KEYS_VARIABLES,
  WEBHOOK_SECRET_VARIABLES,
  WEBHOOK_URL_VARIABLES,
} from '#domain/provider/provider-variables.ts';

/** Standard Webhooks requires at least 24 bytes. With an empty key anyone could sign. */
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;
const dollars = z.coerce.number().min(0);

/** Read by API and workers: a key enables its provider; budgets are US dollars a day (UTC), unlimited when unset. */
export const providerVariables = {
  ...optional(KEY_VARIABLES, z.string().min(1)),
  /** All paid providers together. */
  PROVIDER_BUDGET_USD_DAY: dollars.optional(),
  ...optional(BUDGET_VARIABLES, dollars),
};

/** Read by workers, which call the services. Without the public address of our callback route, they poll. */
export const serviceAddressVariables = {
  ...optional(ADDRESS_VARIABLES, z.url()),
  ...optional(WEBHOOK_URL_VARIABLES, z.url({ protocol: /^https$/ })),
};

/** Read by the API, which verifies the services' callbacks. */
export const callbackVariables = {
  ...optional(
    WEBHOOK_SECRET_VARIABLES,
    z.string().regex(SIGNING_SECRET, 'must be whsec_ and at least 24 bytes in base64'),
  ),
  ...optional(WEBHOOK_ACCOUNT_VARIABLES, z.string().min(1).max(200)),
  ...optional(WEBHOOK_KEYS_VARIABLES, z.url()),
};

function optional<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  const shape = names.map((name) => [name, schema.optional()]);
  return Object.fromEntries(shape) as Record<Name, z.ZodOptional<Schema>>;
}
