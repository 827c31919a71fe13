import { check, index, pgTable, sql, text, unique, uuid } from '../orm.ts';
import { OBJECTION_DECISIONS, OBJECTION_LIMITS } from '#domain/moderation/objection.ts';
import { PROMPT_RULES } from '#domain/moderation/prompt-rules.ts';
import { accounts } from './accounts.ts';
import { oneOf, sha256Hex, typedTextLength } from './checks.ts';
import { createdAt, moment, newId } from './columns.ts';

const TABLE = 'moderation_objections';

/** Objections to refused texts. Paths, texts and terms have the same order. An allowed one is an exception for the account. */
export const moderationObjections = pgTable(
  TABLE,
  {
    id: newId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    rule: text('rule', { enum: PROMPT_RULES }).notNull(),
    /** Of rule and texts: api/moderation/exception-digest.ts. */
    digest: text('digest').notNull(),
    paths: text('paths').array().notNull(),
    texts: text('texts').array().notNull(),
    terms: text('terms').array().notNull(),
    comment: text('comment'),
    decision: text('decision', { enum: OBJECTION_DECISIONS }),
    decidedAt: moment('decided_at'),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf(TABLE, 'rule', PROMPT_RULES),
    oneOf(TABLE, 'decision', OBJECTION_DECISIONS),
    sha256Hex(TABLE, 'digest'),
    check(`${TABLE}_texts`, sql.raw(`cardinality(texts) BETWEEN 1 AND ${OBJECTION_LIMITS.textsMax}`)),
    typedTextLength(TABLE, 'comment', 1, OBJECTION_LIMITS.commentMaxLength),
    check(`${TABLE}_decided`, sql`(decision IS NULL) = (decided_at IS NULL)`),
    unique(`${TABLE}_once`).on(table.accountId, table.digest),
    index(`${TABLE}_open`)
      .on(table.createdAt, table.id)
      .where(sql`decision IS NULL`),
  ],
);
