import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { StorageFailure } from '#activities/storage/port.ts';
import { TemporalUnavailable } from '#temporal/client/generation-workflows.ts';
import { ApiProblem } from '../problem.ts';
import { toProblem } from './problem-handler.ts';

function databaseError(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('refused', 1, 'error'), { code });
}

describe('an error becomes a problem', () => {
  it.each([
    ['Temporal being away', new TemporalUnavailable('secret'), 'unavailable'],
    ['storage being away', new StorageFailure('unavailable', 'secret'), 'unavailable'],
    ['a database that shuts down', databaseError('57P01'), 'unavailable'],
    ['a lock that is held', databaseError('55P03'), 'unavailable'],
    ['a statement that takes too long', databaseError('57014'), 'unavailable'],
    ['a primary that was demoted', databaseError('25006'), 'unavailable'],
    ['a full disk', databaseError('53100'), 'unavailable'],
    ['a lost connection', Object.assign(new Error('secret'), { code: 'ECONNRESET' }), 'unavailable'],
    ['a broken body', Object.assign(new SyntaxError('secret'), { type: 'entity.parse.failed' }), 'validation_failed'],
    ['a large body', Object.assign(new Error('secret'), { type: 'entity.too.large' }), 'payload_too_large'],
    ['an odd charset', Object.assign(new Error('secret'), { type: 'charset.unsupported' }), 'unsupported_media'],
    ['a malformed path', new URIError('secret'), 'not_found'],
    ['a constraint that nobody expected', databaseError('23505'), 'internal'],
    ['a bug', new TypeError('secret'), 'internal'],
    ['something that is no error', 'secret', 'internal'],
    ['nothing', undefined, 'internal'],
  ])('%s', (_what, error, code) => {
    const problem = toProblem(error);
    expect(problem.code).toBe(code);
    expect(JSON.stringify({ ...problem.details, cause: undefined })).not.toContain('secret');
  });

  it('a database error through its wrapper', () => {
    const wrapped = new DrizzleQueryError('SELECT secret', ['secret'], databaseError('57P03'));
    expect(toProblem(wrapped).code).toBe('unavailable');
  });

  it('says when to come back after an outage', () => {
    expect(toProblem(new TemporalUnavailable('away')).details.retryAfterSeconds).toBeGreaterThan(0);
  });

  it('leaves a problem as it is', () => {
    const problem = new ApiProblem('conflict');
    expect(toProblem(problem)).toBe(problem);
  });
});
