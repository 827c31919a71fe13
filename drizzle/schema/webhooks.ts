import { boolean, check, index, integer, pgTable, smallint, sql, text, unique, uuid } from '../orm.ts';
import { DELIVERY_STATES, DISABLED_REASONS, WEBHOOK_EVENTS } from '#domain/account/webhook.ts';
import { accounts } from './accounts.ts';
import { oneOf, textLength } from './checks.ts';
import { createdAt, moment, newestFirst, newId } from './columns.ts';

/** The endpoint of a user's own server; one per account. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .unique('webhooks_account_key')
      .references(() => accounts.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    events: text('events', { enum: WEBHOOK_EVENTS }).array().notNull(),
    /** `whsec_…`, sealed (process/secret-box.ts). Not hashed, because it signs the deliveries. */
    secret: text('secret').notNull(),
    oldSecret: text('old_secret'),
    oldSecretUntil: moment('old_secret_until'),
    enabled: boolean('enabled').notNull().default(true),
    disabledReason: text('disabled_reason', { enum: DISABLED_REASONS }),
    /** Dead deliveries since the last successful one. */
    consecutiveDead: integer('consecutive_dead').notNull().default(0),
    lastDeliveredAt: moment('last_delivered_at'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  () => [
    textLength('webhooks', 'url', 1, 2000),
    textLength('webhooks', 'secret', 1, 200),
    textLength('webhooks', 'old_secret', 1, 200),
    oneOf('webhooks', 'disabled_reason', DISABLED_REASONS),
    check('webhooks_events', sql`cardinality(events) BETWEEN 1 AND 20`),
    check('webhooks_disabled_has_reason', sql`enabled = (disabled_reason IS NULL)`),
  ],
);

/** Events to send to a webhook, once each: ids and a state, no texts. Receivers deduplicate by the id. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: newId(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id').notNull(),
    event: text('event', { enum: WEBHOOK_EVENTS }).notNull(),
    generationId: uuid('generation_id').notNull(),
    avatarId: uuid('avatar_id'),
    state: text('state', { enum: DELIVERY_STATES }).notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** HTTP status of the receiver's last response, or null without one. */
    lastStatus: smallint('last_status'),
    lastFailure: text('last_failure'),
    createdAt: createdAt(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    oneOf('webhook_deliveries', 'event', WEBHOOK_EVENTS),
    oneOf('webhook_deliveries', 'state', DELIVERY_STATES),
    textLength('webhook_deliveries', 'last_failure', 1, 200),
    check('webhook_deliveries_end', sql`(state = 'waiting') = (ended_at IS NULL)`),
    unique('webhook_deliveries_once').on(table.webhookId, table.event, table.generationId),
    index('webhook_deliveries_failed')
      .on(table.webhookId, newestFirst(table.id))
      .where(sql`last_failure IS NOT NULL`),
    index('webhook_deliveries_waiting')
      .on(table.createdAt)
      .where(sql`state = 'waiting'`),
    index('webhook_deliveries_ended')
      .on(table.endedAt)
      .where(sql`state <> 'waiting'`),
  ],
);
