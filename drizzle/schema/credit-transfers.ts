import { bigint, check, foreignKey, index, pgTable, sql, text, unique, uniqueIndex, uuid } from '../orm.ts';
import { TRANSFER_KINDS } from '#contract/credits.ts';
import { accounts } from './accounts.ts';
import { oneOf, textLength } from './checks.ts';
import { createdAt, newId, newestFirst } from './columns.ts';
import { generations } from './generations.ts';

/**
 * The ledger: append-only. Unique indexes make each step of a generation happen once; the composite foreign key makes a capture,
 * release or refund have the account, amount and generation of its parent.
 */
export const creditTransfers = pgTable(
  'credit_transfers',
  {
    id: newId(),
    kind: text('kind', { enum: TRANSFER_KINDS }).notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    amount: bigint('amount', { mode: 'number' }).notNull(),
    generationId: uuid('generation_id').references(() => generations.id),
    parentId: uuid('parent_id'),
    // Stored: a virtual column can't be part of a foreign key.
    parentKind: text('parent_kind').generatedAlwaysAs(
      sql`CASE kind WHEN 'capture' THEN 'reserve' WHEN 'release' THEN 'reserve' WHEN 'refund' THEN 'capture' END`,
    ),
    /** The payment of a top-up, which is its idempotency key; or the reason of a refund. */
    reference: text('reference'),
    /**
     * Digest of a payment's reference, ignoring case, spacing and Unicode form: one payment pays out once across all accounts. Null
     * for starter credits, and for duplicates from before it was unique.
     */
    paymentKey: text('payment_key').unique('credit_transfers_one_payment'),
    /** Account of the service that reported a payment. No foreign key: each top-up would lock the service's row. */
    clientId: uuid('client_id'),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf('credit_transfers', 'kind', TRANSFER_KINDS),
    textLength('credit_transfers', 'reference', 1, 255),
    check('credit_transfers_amount', sql`amount BETWEEN 1 AND 1000000000`),
    // MATCH SIMPLE skips a foreign key with any null in it, so nulls are tied to the kind.
    check('credit_transfers_parent_by_kind', sql`(parent_id IS NULL) = (kind IN ('topup', 'reserve'))`),
    check('credit_transfers_generation_by_kind', sql`(generation_id IS NULL) = (kind = 'topup')`),
    check('credit_transfers_topup_reference', sql`kind <> 'topup' OR reference IS NOT NULL`),
    check('credit_transfers_payment', sql`payment_key IS NULL OR (kind = 'topup' AND reference <> 'starter')`),
    unique('credit_transfers_fk_target').on(table.id, table.kind, table.accountId, table.amount, table.generationId),
    foreignKey({
      name: 'credit_transfers_parent',
      columns: [table.parentId, table.parentKind, table.accountId, table.amount, table.generationId],
      foreignColumns: [table.id, table.kind, table.accountId, table.amount, table.generationId],
    }),
    uniqueIndex('credit_transfers_one_per_kind').on(table.generationId, table.kind),
    uniqueIndex('credit_transfers_one_resolution')
      .on(table.parentId)
      .where(sql`kind IN ('capture', 'release')`),
    uniqueIndex('credit_transfers_one_refund')
      .on(table.parentId)
      .where(sql`kind = 'refund'`),
    uniqueIndex('credit_transfers_one_topup')
      .on(table.accountId, table.reference)
      .where(sql`kind = 'topup'`),
    index('credit_transfers_payments')
      .on(newestFirst(table.createdAt))
      .where(sql`kind = 'topup' AND reference <> 'starter'`),
    index('credit_transfers_statement').on(table.accountId, newestFirst(table.createdAt), newestFirst(table.id)),
  ],
);
