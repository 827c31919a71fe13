import type { Problem, ProblemCode } from '#contract/problem.ts';

/** `unreachable`: there was no response, so it is unknown whether the request was carried out. */
export type FailureCode = ProblemCode | 'unreachable';

/** A failed request to the API, with a user-visible message. */
export class RequestFailed extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly problem: Problem | undefined;
  readonly retryAfterMs: number | undefined;
  /** When a limit restarts: on a full minute. Undefined with other failures. */
  readonly limitEndsAt: Date | undefined;
  /** With a `prompt_not_allowed`: the refused body, whose texts an objection repeats. */
  readonly requestBody: unknown;

  constructor(failure: {
    code: FailureCode;
    status: number;
    message: string;
    problem?: Problem | undefined;
    retryAfterMs?: number | undefined;
    limitEndsAt?: Date | undefined;
    requestBody?: unknown;
  }) {
    super(failure.message);
    this.name = 'RequestFailed';
    this.code = failure.code;
    this.status = failure.status;
    this.problem = failure.problem;
    this.retryAfterMs = failure.retryAfterMs;
    this.limitEndsAt = failure.limitEndsAt;
    this.requestBody = failure.requestBody;
  }

  /** Whether the same request may succeed if it is sent again. */
  get retryable(): boolean {
    return this.code === 'unreachable' || this.code === 'unavailable' || this.code === 'rate_limited';
  }

  /** Whether the request may have been carried out: a retry must reuse its Idempotency-Key. */
  get outcomeUnknown(): boolean {
    return this.code === 'unreachable' || this.status >= 500;
  }
}

/** What to show for any thrown thing. */
export function messageOf(error: unknown): string {
  return error instanceof RequestFailed ? error.message : 'Something went wrong in this page. Reload it and try again.';
}
