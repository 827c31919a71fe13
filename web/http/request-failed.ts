import type { Problem, ProblemCode } from '#contract/problem.ts';

/** `unreachable`: no answer came at all, so nobody knows whether the request was carried out. */
export type FailureCode = ProblemCode | 'unreachable';

/** Why a request to the API did not succeed, in words people can read. */
export class RequestFailed extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly problem: Problem | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(failure: {
    code: FailureCode;
    status: number;
    message: string;
    problem?: Problem | undefined;
    retryAfterMs?: number | undefined;
  }) {
    super(failure.message);
    this.name = 'RequestFailed';
    this.code = failure.code;
    this.status = failure.status;
    this.problem = failure.problem;
    this.retryAfterMs = failure.retryAfterMs;
  }

  /** The same request may succeed soon, unchanged. */
  get retryable(): boolean {
    return this.code === 'unreachable' || this.code === 'unavailable' || this.code === 'rate_limited';
  }

  /** Nobody knows whether it was carried out: sending it again needs the same Idempotency-Key. */
  get outcomeUnknown(): boolean {
    return this.code === 'unreachable' || this.status >= 500;
  }
}

/** What to show for any thrown thing. */
export function messageOf(error: unknown): string {
  return error instanceof RequestFailed ? error.message : 'Something went wrong in this page. Reload it and try again.';
}
