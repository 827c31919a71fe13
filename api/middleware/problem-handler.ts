import type { ErrorRequestHandler } from 'express';
import { PROBLEMS, type Problem, type ProblemCode } from '#contract/problem.ts';
import { PoolExhausted } from '#drizzle/connection/pool-exhausted.ts';
import { SignedInBeforeErasure } from '#drizzle/queries/accounts/accounts.ts';
import { isErased, LedgerContended } from '#drizzle/ledger/step.ts';
import { driverError, isTemporary } from '#drizzle/connection/transient.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import { StorageFailure } from '#activities/storage/port.ts';
import { unauthorized } from '../auth/token-verifier.ts';
import { accountErased, ApiProblem } from '../problem.ts';
import { contextOf, pathOf } from '../request-context.ts';

/** An unavailable part has usually recovered by then. */
const UNAVAILABLE_RETRY_SECONDS = 5;
/** A queue for the database is either short soon, or an operator has to act. */
const BUSY_RETRY_SECONDS = 2;

/** The errors of Express's body parsers, by their `type`. */
const PARSER_PROBLEMS: Readonly<Record<string, { code: ProblemCode; detail: string }>> = {
  'entity.too.large': { code: 'payload_too_large', detail: 'The body is too large' },
  'encoding.unsupported': { code: 'unsupported_media', detail: 'Unsupported content encoding' },
  'request.aborted': { code: 'validation_failed', detail: 'The request was cut off' },
  'request.size.invalid': { code: 'validation_failed', detail: 'The length of the body does not match Content-Length' },
};

/** Maps any error to a problem of the contract: the only place where an error gets a status. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (driverError(error) instanceof PoolExhausted || error instanceof LedgerContended) {
    const detail = 'The API is too busy at the moment';
    return new ApiProblem('unavailable', { detail, retryAfterSeconds: BUSY_RETRY_SECONDS, cause: error });
  }
  const unavailable = unavailablePart(error);
  if (unavailable !== undefined) {
    const detail = `${unavailable} is not available at the moment`;
    return new ApiProblem('unavailable', { detail, retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS, cause: error });
  }
  // A service acts for an erased user. The user's own old token is refused by authentication.
  if (error instanceof SignedInBeforeErasure) return accountErased();
  // The account was erased while its request was being handled.
  if (isErased(error)) return unauthorized('This account was erased');
  const parser = parserProblem(error);
  if (parser !== undefined) return new ApiProblem(parser.code, { detail: parser.detail, cause: error });
  if (error instanceof URIError) return new ApiProblem('not_found', { cause: error });
  return new ApiProblem('internal', { cause: error });
}

function unavailablePart(error: unknown): string | undefined {
  if (error instanceof TemporalUnavailable) return 'The workflow engine';
  if (error instanceof StorageFailure && error.kind === 'unavailable') return 'The image store';
  return isTemporary(error) ? 'The database' : undefined;
}

/** A body that can't be decompressed causes zlib's own error, which has the parser's status but no type. */
function parserProblem(error: unknown): { code: ProblemCode; detail: string } | undefined {
  const { type, status, expose } = (error ?? {}) as { type?: unknown; status?: unknown; expose?: unknown };
  const known = PARSER_PROBLEMS[String(type)];
  if (known !== undefined || expose !== true || typeof status !== 'number' || status < 400 || status > 499)
    return known;
  return { code: 'validation_failed', detail: 'The body can’t be decoded: does it match Content-Encoding?' };
}

/** Users read it: one or more sentences, the last one ended. */
function asSentence(detail: string): string {
  return /[.!?…]$/.test(detail) ? detail : `${detail}.`;
}

/** Responds to every error with application/problem+json. Internal details are logged, never sent. */
export function problemHandler(): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = toProblem(error);
    const { status, title } = PROBLEMS[problem.code];
    const { requestId, log } = contextOf(res);
    if (status >= 500) log.error({ err: problem.details.cause ?? problem, code: problem.code }, 'request failed');
    // Part of the response is sent: only closing the connection shows the client that it is incomplete.
    if (res.headersSent) return next(error);
    const { detail, errors, required, available, retryAfterSeconds, headers, members } = problem.details;
    const body: Problem = {
      ...members,
      type: `/docs#problem-${problem.code}`,
      title,
      status,
      ...(detail !== undefined && { detail: asSentence(detail) }),
      instance: pathOf(req),
      code: problem.code,
      requestId,
      ...(errors !== undefined && { errors }),
      ...(required !== undefined && { required }),
      ...(available !== undefined && { available }),
    };
    if (retryAfterSeconds !== undefined) res.set('Retry-After', String(retryAfterSeconds));
    if (headers !== undefined) res.set(headers);
    res.status(status).set({ 'Cache-Control': 'no-store', 'Content-Type': 'application/problem+json; charset=utf-8' });
    // Not `send`: it would add an ETag, which is useless for a body with a request id.
    res.end(JSON.stringify(body));
  };
}
