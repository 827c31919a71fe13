import type { Generation, Problem } from './contract-types.ts';

/** Every problem code of the API. */
export type ProblemCode = Problem['code'];

/** Base class of this client's errors. An aborted call throws the signal's reason instead. */
export class StudioError extends Error {
  override readonly name: string = 'StudioError';
}

/** No usable response: network error, timeout, a stream that can't be reopened. Whether the request took effect is unknown. */
export class ConnectionError extends StudioError {
  override readonly name = 'ConnectionError';
}

/** The API responded with a problem. */
export class RefusedError extends StudioError {
  override readonly name: string = 'RefusedError';
  readonly status: number;
  readonly code: ProblemCode;
  /** The complete RFC 9457 problem. */
  readonly problem: Problem;
  /** Id of this request in the API's logs. */
  readonly requestId: string;
  /** Time to wait before a retry, ms; undefined without Retry-After. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, retryAfterMs?: number) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
    this.requestId = problem.requestId;
    this.retryAfterMs = retryAfterMs;
  }
}

/** 400, 405, 413, 415 and a reused Idempotency-Key: the request is invalid; a retry does not help. */
export class InvalidRequestError extends RefusedError {
  override readonly name = 'InvalidRequestError';
  /** Path and message of each invalid field. */
  get errors(): readonly { readonly path: string; readonly message: string }[] {
    return this.problem.errors ?? [];
  }
}

/** 401: the token is missing, invalid or expired. */
export class UnauthorizedError extends RefusedError {
  override readonly name = 'UnauthorizedError';
}

/** 403: a scope or role is missing. */
export class ForbiddenError extends RefusedError {
  override readonly name = 'ForbiddenError';
}

/** 404: the resource does not exist, or belongs to another user. */
export class NotFoundError extends RefusedError {
  override readonly name = 'NotFoundError';
}

/** 409: not possible in this state, such as cancelling a completed generation. */
export class ConflictError extends RefusedError {
  override readonly name = 'ConflictError';
}

/** 402: not enough credits. */
export class InsufficientCreditsError extends RefusedError {
  override readonly name = 'InsufficientCreditsError';
  /** Price of the request, in credits. */
  get required(): number {
    return this.problem.required ?? 0;
  }
  /** Available credits. */
  get available(): number {
    return this.problem.available ?? 0;
  }
}

/** 422: the prompt or the image breaks the rules. */
export class RejectedContentError extends RefusedError {
  override readonly name = 'RejectedContentError';
  /** The rule that the prompt breaks; undefined for an image. */
  get rule(): Problem['rule'] {
    return this.problem.rule;
  }
  /** Path of the refused text in the request, the reason, and the refused words as they were written. */
  get errors(): NonNullable<Problem['errors']> {
    return this.problem.errors ?? [];
  }
}

/** 429: too many requests, the daily or hourly limit is reached, or too many generations are unfinished; see `code`. */
export class LimitError extends RefusedError {
  override readonly name = 'LimitError';
}

/** 5xx: the API, or a service it depends on, is unavailable. */
export class UnavailableError extends RefusedError {
  override readonly name = 'UnavailableError';
}

/** An awaited generation ended without an avatar, or was refused after it had been accepted. */
export class GenerationFailedError extends StudioError {
  override readonly name = 'GenerationFailedError';
  readonly generation: Generation;

  constructor(generation: Generation) {
    const { status, failure, cancelReason, refusal } = generation;
    super(failure?.message ?? (refusal === null ? [status, cancelReason].filter(Boolean).join(': ') : refusal));
    this.generation = generation;
  }
}
