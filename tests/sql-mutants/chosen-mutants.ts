import type { SqlMutant } from './mutate-sql.ts';

interface SqlFile {
  readonly name: string;
  readonly sql: string;
}

/**
 * Mutants that no rule makes: races, privileges, and what moves first.
 * @throws Error when a function's text has changed so that one of them no longer applies
 */
export function chosenMutants(functions: readonly SqlFile[]): SqlMutant[] {
  const changed = (name: string, what: string, replacements: readonly (readonly [string | RegExp, string])[]) => {
    const { sql } = functions.find((file) => file.name === name)!;
    return {
      id: `${name}: ${what}`,
      sql: replacements.reduce((text, [from, to]) => {
        const next = text.replace(from, to);
        if (next === text) throw new Error(`The mutant "${what}" does not fit ${name}.sql any more`);
        return next;
      }, sql),
    };
  };
  return [
    changed('apply_transfer', 'the account is locked after the foreign key', [
      ['CREATE OR REPLACE TRIGGER "A_apply_transfer"', 'CREATE TRIGGER z_apply_transfer'],
      [/$/, 'DROP TRIGGER "A_apply_transfer" ON credit_transfers;'],
    ]),
    changed('apply_transfer', 'balances move before the insert, also for a skipped row', [
      ['AFTER INSERT', 'BEFORE INSERT'],
      ['RETURN NULL', 'RETURN NEW'],
    ]),
    changed('apply_transfer', 'balances are read before they are written', [
      [
        'UPDATE accounts a SET',
        'SELECT x.posted, x.held INTO moved FROM accounts x WHERE x.id = NEW.account_id; UPDATE accounts a SET',
      ],
      ['posted = a.posted', 'posted = moved.posted'],
      ['held = a.held', 'held = moved.held'],
    ]),
    changed('apply_transfer', 'the daily limit is read before the account is locked', [
      [
        'UPDATE accounts a SET',
        'SELECT x.day_count + 1 AS day_count INTO earlier FROM accounts x WHERE x.id = NEW.account_id; UPDATE accounts a SET',
      ],
      ['moved record;', 'moved record; earlier record;'],
      ['moved.day_count > moved.daily_limit', 'earlier.day_count > moved.daily_limit'],
    ]),
    changed('apply_transfer', 'the unfinished limit is read before the account is locked', [
      [
        'UPDATE accounts a SET',
        'SELECT x.unfinished + 1 AS unfinished INTO earlier FROM accounts x WHERE x.id = NEW.account_id; UPDATE accounts a SET',
      ],
      ['moved record;', 'moved record; earlier record;'],
      ['moved.unfinished > moved.unfinished_limit', 'earlier.unfinished > moved.unfinished_limit'],
    ]),
    changed('reserve_generation', 'the status moves before the credits', [
      [
        /(INSERT INTO credit_transfers[^;]*;)\s+IF FOUND THEN\s+(UPDATE avatar_generations g[^;]*;)/,
        '$2 IF FOUND THEN $1',
      ],
    ]),
    changed('reserve_generation', 'a hold needs no requested generation', [
      [" AND g.status = 'requested'\n    ON", '\n    ON'],
    ]),
    changed('release_generation', 'the amount is not that of the hold', [
      ['r.account_id, r.amount,', 'r.account_id, r.amount - 1,'],
    ]),
    changed('record_avatar', 'the amount is not that of the hold', [
      ['r.account_id, r.amount,', 'r.account_id, r.amount + 1,'],
    ]),
    changed('record_avatar', 'a released hold can be captured', [
      ["r.kind = 'reserve' AND", "r.kind IN ('reserve', 'release') AND"],
    ]),
    changed('refund_generation', 'the amount is not that of the capture', [
      ['c.amount, c.generation_id', 'c.amount * 2, c.generation_id'],
    ]),
    changed('refund_generation', 'a hold is refunded', [["c.kind = 'capture'", "c.kind = 'reserve'"]]),
    changed('post_topup', 'a payment has no key', [['p_reference, v_key, p_client)', 'p_reference, NULL, p_client)']]),
    changed('payment_key', 'letters of both cases differ', [['casefold(', '(']]),
    ...['accounts', 'credit_transfers', 'avatar_generations', 'avatars', 'avatar_tombstones'].map((table) => ({
      id: `${table}: the application may write it`,
      sql: `GRANT INSERT, UPDATE, DELETE ON ${table} TO avatar_app;`,
    })),
    ...['reserve_generation', 'record_avatar', 'release_generation', 'refund_generation', 'post_topup'].map((name) => ({
      id: `${name}: it runs with the rights of its caller`,
      sql: `ALTER FUNCTION ${name} SECURITY INVOKER;`,
    })),
  ];
}
