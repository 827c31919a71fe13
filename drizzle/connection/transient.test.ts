import { DrizzleQueryError } from '../orm.ts';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { driverError, isTemporary, isRefused, isTransient, retrying, retryingFor } from './transient.ts';

function fromServer(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('refused', 1, 'error');
  error.code = code;
  return error;
}

const RETRIED_AT_ONCE = ['40P01', '40001', 'XX000', '57P01', '57P02', '57P03', '57P05', '53300', '08006', '26000'];
/** Locks, timeouts, a demoted primary, disk, memory, files, a refused login, and a code that is not listed. */
const RETRIED_LATER = [
  '55P03',
  '57014',
  '25006',
  '25P04',
  '53100',
  '53200',
  '53400',
  '58030',
  '55006',
  '28P01',
  'XX001',
];
const REFUSED = ['23514', '23505', '23503', '22012', '42501', '42601', '42P01', '0A000', '54000', 'P0001', 'P0002'];

describe('isTemporary and isRefused', () => {
  it.each([...RETRIED_AT_ONCE, ...RETRIED_LATER])('count SQLSTATE %s as temporary', (code) => {
    expect([isTemporary(fromServer(code)), isRefused(fromServer(code))]).toEqual([true, false]);
  });

  it.each(REFUSED)('count SQLSTATE %s as refused', (code) => {
    expect([isTemporary(fromServer(code)), isRefused(fromServer(code))]).toEqual([false, true]);
  });

  it('count an outdated prepared statement as temporary, although its SQLSTATE means "not supported"', () => {
    const outdated = Object.assign(fromServer('0A000'), { routine: 'RevalidateCachedQuery' });
    expect([isTransient(outdated), isRefused(outdated)]).toEqual([true, false]);
  });
});

describe('isTransient', () => {
  it.each(RETRIED_AT_ONCE)('is true for SQLSTATE %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(true);
  });

  it.each([...RETRIED_LATER, ...REFUSED])('is false for SQLSTATE %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(false);
  });

  it('is true for a lost connection, whatever the error of the driver', () => {
    expect(isTransient(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(true);
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTransient(new Error('Query read timeout'))).toBe(true);
    expect(isTransient(new Error('timeout exceeded when trying to connect'))).toBe(true);
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(isTransient(new AggregateError([refused]))).toBe(true);
  });

  it('is false for unrelated errors', () => {
    expect(isTransient(new Error('undefined is not a function'))).toBe(false);
    expect(isTransient('57P01')).toBe(false);
    expect(isTemporary(new Error('undefined is not a function'))).toBe(false);
  });
});

describe('retrying', () => {
  it('retries until the statement succeeds', async () => {
    let calls = 0;
    const result = await retrying(async () => {
      calls += 1;
      if (calls < 3) throw fromServer('40P01');
      return 'done';
    });
    expect([result, calls]).toEqual(['done', 3]);
  });

  it('does not retry a refused statement', async () => {
    let calls = 0;
    const refused = retrying(async () => {
      calls += 1;
      throw fromServer('23514');
    });
    await expect(refused).rejects.toMatchObject({ code: '23514' });
    expect(calls).toBe(1);
  });

  it('gives up after a few attempts with the last error', async () => {
    let calls = 0;
    const never = retrying(async () => {
      calls += 1;
      throw fromServer('57P01');
    });
    await expect(never).rejects.toMatchObject({ code: '57P01' });
    expect(calls).toBe(6);
  });

  it('throws errors without the parameters of the statement', async () => {
    const inner = fromServer('23514');
    const wrapped = new DrizzleQueryError('insert …', ['a secret prompt'], inner);
    await expect(retrying(() => Promise.reject(wrapped))).rejects.toBe(inner);
    const bare = driverError(new DrizzleQueryError('insert …', ['a secret prompt']));
    expect(String(bare)).not.toContain('secret');
  });
});

describe('retryingFor', () => {
  it('continues after temporary errors and stops at a refused statement', async () => {
    const errors = [fromServer('55P03'), fromServer('23514')];
    const refused = retryingFor(60_000, async () => {
      throw errors.shift()!;
    });
    await expect(refused).rejects.toMatchObject({ code: '23514' });
    expect(errors).toEqual([]);
  });

  it('gives up after its time with the last error', async () => {
    await expect(retryingFor(0, () => Promise.reject(fromServer('55P03')))).rejects.toMatchObject({ code: '55P03' });
  });
});
