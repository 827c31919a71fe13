import { hostname } from 'node:os';
import { DrizzleQueryError } from '#drizzle/orm.ts';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(error: unknown): { logEntry: string; err: Record<string, unknown> } {
  const entries: string[] = [];
  const log = createLog('worker', 'info', { destination: { write: (entry) => void entries.push(entry) } });
  log.error({ err: error }, 'failed');
  log.error({ error }, 'as the Temporal SDK logs it');
  const [first = ''] = entries;
  return { logEntry: entries.join(''), err: (JSON.parse(first) as { err: Record<string, unknown> }).err };
}

describe('createLog', () => {
  it('omits a statement, its parameters and what the server quotes of them', () => {
    const refused = Object.assign(new pg.DatabaseError('invalid input: "a shy knight"', 1, 'error'), {
      code: '22P02',
      detail: 'Key (name)=(a shy knight)',
      routine: 'string_to_uuid',
    });
    const { logEntry, err } = logged(new DrizzleQueryError('INSERT a shy knight', ['a shy knight'], refused));
    expect(logEntry).not.toContain('shy knight');
    expect(err).toMatchObject({ type: 'DrizzleQueryError', cause: { code: '22P02', routine: 'string_to_uuid' } });
  });

  it('omits a body that is not JSON', () => {
    const broken = (() => {
      try {
        return JSON.parse('a shy knight') as unknown;
      } catch (error) {
        return error;
      }
    })();
    expect(logged(broken).logEntry).not.toContain('shy');
  });

  it('names the service, its release and its instance in each entry', () => {
    const entries: string[] = [];
    const destination = { write: (entry: string) => void entries.push(entry) };
    createLog('api', 'info', { version: '1.2.3', destination }).info('ready');
    createLog('api', 'info', { destination }).child({ requestId: 'r' }).info('request');
    const [ready, request] = entries.map((entry) => JSON.parse(entry) as Record<string, unknown>);
    expect(ready).toMatchObject({ service: 'api', version: '1.2.3', instance: `${hostname()}:${process.pid}` });
    expect(request).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/), instance: ready?.['instance'] });
  });

  it('includes message and stack of a bug', () => {
    const { err } = logged(new TypeError('x is not a function'));
    expect(err).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
    expect((err['frames'] as string[])[0]).toContain('log.test.ts');
  });

  it('includes causes up to a limit', () => {
    const endless = new Error('again');
    endless.cause = endless;
    expect(logged(endless).logEntry.length).toBeLessThan(100_000);
  });
});
