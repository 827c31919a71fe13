import type { Generation, Problem } from './contract-types.ts';

/** Every code the studio refuses with. */
export type ProblemCode = Problem['code'];

/** Anything this client throws of its own accord. What an abort signal throws is its own reason. */
export class StudioError extends Error {
  override readonly name: string = 'StudioError';
}

/** No usable answer came: network, timeout, a stream that stays away. Nobody knows what the studio did. */
export class ConnectionError extends StudioError {
  override readonly name = 'ConnectionError';
}

/** The studio said no. */
export class RefusedError extends StudioError {
  override readonly name: string = 'RefusedError';
  readonly status: number;
  readonly code: ProblemCode;
  /** The whole RFC 9457 answer. */
  readonly problem: Problem;
  /** Names this request in the studio's logs. */
  readonly requestId: string;
  /** When to come back, ms; undefined when the studio did not say. */
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

/** 400, 405, 413, 415 and a reused Idempotency-Key: the request itself is wrong; sending it again does not help. */
export class InvalidRequestError extends RefusedError {
  override readonly name = 'InvalidRequestError';
  /** Path and message of each thing that is wrong. */
  get errors(): readonly { readonly path: string; readonly message: string }[] {
    return this.problem.errors ?? [];
  }
}

/** 401. */
export class UnauthorizedError extends RefusedError {
  override readonly name = 'UnauthorizedError';
}

/** 403: a scope is missing, or this is not for you. */
export class ForbiddenError extends RefusedError {
  override readonly name = 'ForbiddenError';
}

/** 404: missing, or somebody else's. */
export class NotFoundError extends RefusedError {
  override readonly name = 'NotFoundError';
}

/** 409: not possible in this state, such as cancelling what is done. */
export class ConflictError extends RefusedError {
  override readonly name = 'ConflictError';
}

/** 402. */
export class InsufficientCreditsError extends RefusedError {
  override readonly name = 'InsufficientCreditsError';
  /** Credits this would cost. */
  get required(): number {
    return this.problem.required ?? 0;
  }
  /** Credits there are. */
  get available(): number {
    return this.problem.available ?? 0;
  }
}

/** 422: the prompt or the image breaks the rules. */
export class RejectedContentError extends RefusedError {
  override readonly name = 'RejectedContentError';
  /** Which rule the words break; undefined for an image. */
  get rule(): Problem['rule'] {
    return this.problem.rule;
  }
  /** Where in the request the words are, and the reason once more. */
  get errors(): readonly { readonly path: string; readonly message: string }[] {
    return this.problem.errors ?? [];
  }
}

/** 429: too many requests, the day's generations are used up, or too many unfinished ones; `code` says which. */
export class LimitError extends RefusedError {
  override readonly name = 'LimitError';
}

/** 5xx: the studio, or something it needs, is not well. */
export class UnavailableError extends RefusedError {
  override readonly name = 'UnavailableError';
}

/** A generation that was waited for ended without an avatar, or was refused after all. */
export class GenerationFailedError extends StudioError {
  override readonly name = 'GenerationFailedError';
  readonly generation: Generation;

  constructor(generation: Generation) {
    const { status, failure, cancelReason, refusal } = generation;
    super(failure?.message ?? (refusal === null ? [status, cancelReason].filter(Boolean).join(': ') : refusal));
    this.generation = generation;
  }
}
