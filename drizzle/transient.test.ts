import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { driverError, isTransient, retrying } from './transient.ts';

function fromServer(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('refused', 1, 'error');
  error.code = code;
  return error;
}

describe('a fault that passes', () => {
  it.each(['40P01', '40001', 'XX000', '57P01', '57P02', '57P03', '53300', '08006', '08003'])(
    'is SQLSTATE %s',
    (code) => {
      expect(isTransient(fromServer(code))).toBe(true);
    },
  );

  it.each(['23514', '23505', '42501', '57014', '55P03', '22012'])('is not SQLSTATE %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(false);
  });

  it('is a lost connection, whatever the driver calls it', () => {
    expect(isTransient(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(true);
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTransient(new Error('Query read timeout'))).toBe(true);
    expect(isTransient(new Error('timeout exceeded when trying to connect'))).toBe(true);
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(isTransient(new AggregateError([refused]))).toBe(true);
  });

  it('is not just any error', () => {
    expect(isTransient(new Error('undefined is not a function'))).toBe(false);
    expect(isTransient('57P01')).toBe(false);
  });
});

describe('retrying', () => {
  it('repeats until the statement is answered', async () => {
    let calls = 0;
    const answer = await retrying(async () => {
      calls += 1;
      if (calls < 3) throw fromServer('40P01');
      return 'done';
    });
    expect([answer, calls]).toEqual(['done', 3]);
  });

  it('does not repeat what the server refuses', async () => {
    let calls = 0;
    const refused = retrying(async () => {
      calls += 1;
      throw fromServer('23514');
    });
    await expect(refused).rejects.toMatchObject({ code: '23514' });
    expect(calls).toBe(1);
  });

  it('gives up after a few tries with the last error', async () => {
    let calls = 0;
    const never = retrying(async () => {
      calls += 1;
      throw fromServer('57P01');
    });
    await expect(never).rejects.toMatchObject({ code: '57P01' });
    expect(calls).toBe(6);
  });

  it('lets no parameter out with an error', async () => {
    const inner = fromServer('23514');
    const wrapped = new DrizzleQueryError('insert …', ['a secret prompt'], inner);
    await expect(retrying(() => Promise.reject(wrapped))).rejects.toBe(inner);
    const bare = driverError(new DrizzleQueryError('insert …', ['a secret prompt']));
    expect(String(bare)).not.toContain('secret');
  });
});
