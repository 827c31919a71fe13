import { DrizzleQueryError } from '#drizzle/orm.ts';
import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { StorageFailure } from '#activities/storage/port.ts';
import { PoolExhausted } from '#drizzle/connection/pool-exhausted.ts';
import { LedgerContended } from '#drizzle/ledger/step.ts';
import { createLog } from '#process/log.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import { ApiProblem } from '../problem.ts';
import { problemHandler, toProblem } from './problem-handler.ts';

function databaseError(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('refused', 1, 'error'), { code });
}

describe('the response', () => {
  it.each([
    ['Wait for a decision', 'Wait for a decision.'],
    ['Not allowed: “x”. Remove it.', 'Not allowed: “x”. Remove it.'],
    ['Does it match Content-Encoding?', 'Does it match Content-Encoding?'],
  ])('reads as a sentence: %s', (detail, sentence) => {
    const end = vi.fn<(body: string) => void>();
    const locals = { requestId: 'r', log: createLog('api', 'silent') };
    const res = { locals, set: () => res, status: () => res, end, headersSent: false };
    const req = { baseUrl: '', path: '/x' };
    problemHandler()(new ApiProblem('conflict', { detail }), req as never, res as never, () => undefined);
    expect(JSON.parse(end.mock.calls[0]![0])).toMatchObject({ code: 'conflict', detail: sentence });
  });
});

describe('toProblem', () => {
  it.each([
    ['an unavailable Temporal', new TemporalUnavailable('secret'), 'unavailable'],
    ['an unavailable image store', new StorageFailure('unavailable', 'secret'), 'unavailable'],
    ['a database that shuts down', databaseError('57P01'), 'unavailable'],
    ['a lock that is held', databaseError('55P03'), 'unavailable'],
    ['a statement that takes too long', databaseError('57014'), 'unavailable'],
    ['a primary that was demoted', databaseError('25006'), 'unavailable'],
    ['a full disk', databaseError('53100'), 'unavailable'],
    ['a lost connection', Object.assign(new Error('secret'), { code: 'ECONNRESET' }), 'unavailable'],
    ['a generation that others change', new LedgerContended('secret'), 'unavailable'],
    ['a pool without a free connection', new PoolExhausted('secret'), 'unavailable'],
    ['a machine without file descriptors', Object.assign(new Error('secret'), { code: 'EMFILE' }), 'unavailable'],
    [
      'a connection that has just ended',
      Object.assign(new Error('x'), { code: 'ERR_STREAM_DESTROYED' }),
      'unavailable',
    ],
    ['a large body', Object.assign(new Error('secret'), { type: 'entity.too.large' }), 'payload_too_large'],
    ['a malformed path', new URIError('secret'), 'not_found'],
    ['an unexpected constraint violation', databaseError('23505'), 'internal'],
    ['a bug', new TypeError('secret'), 'internal'],
    ['a thrown string', 'secret', 'internal'],
    ['a thrown undefined', undefined, 'internal'],
  ])('maps %s to a problem', (_what, error, code) => {
    const problem = toProblem(error);
    expect(problem.code).toBe(code);
    expect(JSON.stringify({ ...problem.details, cause: undefined })).not.toContain('secret');
  });

  it('unwraps a database error', () => {
    const wrapped = new DrizzleQueryError('SELECT secret', ['secret'], databaseError('57P03'));
    expect(toProblem(wrapped).code).toBe('unavailable');
  });

  it('sets Retry-After for an outage', () => {
    expect(toProblem(new TemporalUnavailable('unavailable')).details.retryAfterSeconds).toBeGreaterThan(0);
  });

  it('returns an ApiProblem unchanged', () => {
    const problem = new ApiProblem('conflict');
    expect(toProblem(problem)).toBe(problem);
  });
});
