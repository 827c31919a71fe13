import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(error: unknown): { logEntry: string; err: Record<string, unknown> } {
  const lines: string[] = [];
  createLog('info', { write: (logEntry) => void lines.push(logEntry) }).error({ err: error }, 'failed');
  const [logEntry = ''] = lines;
  return { logEntry, err: (JSON.parse(logEntry) as { err: Record<string, unknown> }).err };
}

describe('the log', () => {
  it('never repeats a statement, its parameters or what the server quotes of them', () => {
    const refused = Object.assign(new pg.DatabaseError('invalid input: "a shy knight"', 1, 'error'), {
      code: '22P02',
      detail: 'Key (name)=(a shy knight)',
      routine: 'string_to_uuid',
    });
    const { logEntry, err } = logged(new DrizzleQueryError('INSERT a shy knight', ['a shy knight'], refused));
    expect(logEntry).not.toContain('shy knight');
    expect(err).toMatchObject({ type: 'DrizzleQueryError', cause: { code: '22P02', routine: 'string_to_uuid' } });
  });

  it('never repeats a body that is no JSON', () => {
    const broken = (() => {
      try {
        return JSON.parse('a shy knight') as unknown;
      } catch (error) {
        return error;
      }
    })();
    expect(logged(broken).logEntry).not.toContain('shy');
  });

  it('says what a bug says, and where', () => {
    const { err } = logged(new TypeError('x is not a function'));
    expect(err).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
    expect((err['frames'] as string[])[0]).toContain('log.test.ts');
  });

  it('follows causes, but not for ever', () => {
    const endless = new Error('again');
    endless.cause = endless;
    expect(logged(endless).logEntry.length).toBeLessThan(100_000);
  });
});
