import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { driverError, isPassing, isRefused, isTransient, retrying, waitingOut } from './transient.ts';

function fromServer(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('refused', 1, 'error');
  error.code = code;
  return error;
}

const REPEATED_AT_ONCE = ['40P01', '40001', 'XX000', '57P01', '57P02', '57P03', '57P05', '53300', '08006', '26000'];
/** Locks, time-outs, a demoted primary, disk, memory, files, a login that is refused, and what nobody has listed. */
const REPEATED_LATER = [
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

describe('an answer of the server', () => {
  it.each([...REPEATED_AT_ONCE, ...REPEATED_LATER])('passes where it is SQLSTATE %s', (code) => {
    expect([isPassing(fromServer(code)), isRefused(fromServer(code))]).toEqual([true, false]);
  });

  it.each(REFUSED)('is final where it is SQLSTATE %s', (code) => {
    expect([isPassing(fromServer(code)), isRefused(fromServer(code))]).toEqual([false, true]);
  });

  it('passes where a prepared statement is out of date, which has the SQLSTATE of what is not supported', () => {
    const outdated = Object.assign(fromServer('0A000'), { routine: 'RevalidateCachedQuery' });
    expect([isTransient(outdated), isRefused(outdated)]).toEqual([true, false]);
  });
});

describe('a statement that may be repeated at once', () => {
  it.each(REPEATED_AT_ONCE)('was answered with SQLSTATE %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(true);
  });

  it.each([...REPEATED_LATER, ...REFUSED])('was not answered with SQLSTATE %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(false);
  });

  it('met a lost connection, whatever the driver calls it', () => {
    expect(isTransient(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(true);
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTransient(new Error('Query read timeout'))).toBe(true);
    expect(isTransient(new Error('timeout exceeded when trying to connect'))).toBe(true);
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(isTransient(new AggregateError([refused]))).toBe(true);
  });

  it('did not meet just any error', () => {
    expect(isTransient(new Error('undefined is not a function'))).toBe(false);
    expect(isTransient('57P01')).toBe(false);
    expect(isPassing(new Error('undefined is not a function'))).toBe(false);
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

describe('waiting out', () => {
  it('goes on through what passes, and stops at what is refused', async () => {
    const answers = [fromServer('55P03'), fromServer('23514')];
    const refused = waitingOut(60_000, async () => {
      throw answers.shift()!;
    });
    await expect(refused).rejects.toMatchObject({ code: '23514' });
    expect(answers).toEqual([]);
  });

  it('gives up in the end, with the last error', async () => {
    await expect(waitingOut(0, () => Promise.reject(fromServer('55P03')))).rejects.toMatchObject({ code: '55P03' });
  });
});
