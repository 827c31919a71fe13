import { describe, expect, it } from 'vitest';
import { allMutants } from './all-mutants.ts';
import { mutateCheck, mutateFunction } from './mutate-sql.ts';

const changes = (sql: string) => mutateFunction({ name: 'f', sql }).map((mutant) => mutant.sql);

describe('the rules for mutants of SQL', () => {
  it.each<[string, string, string[]]>([
    ['flip comparisons', 'IF a.held > b THEN', ['IF a.held >= b THEN']],
    ['swap signs', 'x := a.held + amount;', ['x := a.held - amount;']],
    [
      'swap the signs of amounts',
      'CASE WHEN k THEN -NEW.amount ELSE 0 END',
      ['CASE WHEN k THEN NEW.amount ELSE 0 END'],
    ],
    [
      'remove conditions',
      'WHERE g.open AND g.mine ORDER BY g.id;',
      ['WHERE true AND g.mine ORDER BY g.id;', 'WHERE g.open AND true ORDER BY g.id;', 'WHERE g.open AND g.mine;'],
    ],
    ['remove elements of lists', `x IN ('a', 'b')`, [`x IN ('b')`, `x IN ('a')`]],
    ['negate', 'IF NOT FOUND OR x IS NULL', ['IF FOUND OR x IS NULL', 'IF NOT FOUND OR x IS NOT NULL']],
    ['remove guards', `IF bad THEN\n  RAISE EXCEPTION 'no';`, [`IF false THEN\n  RAISE EXCEPTION 'no';`]],
    ['remove ON CONFLICT', 'SELECT 1 ON CONFLICT DO NOTHING;', ['SELECT 1;']],
    ['remove locks', 'SELECT 1 FOR UPDATE;', ['SELECT 1;']],
    ['remove statements', 'BEGIN\n  DELETE FROM a;\nEND', ['BEGIN\n  PERFORM 1;\nEND']],
    [
      'remove triggers',
      'CREATE OR REPLACE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();',
      ['DROP TRIGGER t ON a;'],
    ],
    ['leave comments, ranges and options alone', `-- a > b\nx BETWEEN 1 AND 2 USING ERRCODE = 'x'`, []],
  ])('%s', (_what, sql, expected) => {
    expect(changes(sql)).toEqual(expected);
  });

  it('change the condition of a CHECK', () => {
    const mutants = mutateCheck('c', 'CHECK (held <= posted AND held >= 0)');
    expect(mutants.map(({ sql }) => sql)).toEqual([
      'CHECK (held < posted AND held >= 0)',
      'CHECK (held <= posted AND held > 0)',
      'CHECK (held <= posted AND true)',
    ]);
  });

  it('find hundreds in the ledger, each with an id of its own', async () => {
    const mutants = await allMutants();
    expect(mutants.length).toBeGreaterThan(400);
    for (const id of [
      'credit_transfers_one_resolution: dropped',
      'accounts_insufficient: comparison: held <= posted -> held < posted',
      'apply_transfer: sign: a.held + CASE -> a.held - CASE',
      'apply_transfer: the account is locked after the foreign key',
    ]) {
      expect(mutants.map((mutant) => mutant.id)).toContain(id);
    }
  });
});
