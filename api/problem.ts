import { PROBLEMS, type Problem, type ProblemCode } from '#contract/problem.ts';

export interface ProblemDetails {
  readonly detail?: string | undefined;
  readonly errors?: Problem['errors'];
  /** Credits. */
  readonly required?: number;
  /** Credits. */
  readonly available?: number;
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer, as RFC 9457 allows. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A refusal with a code of the contract; the error handler turns it into an RFC 9457 answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? PROBLEMS[code].title, { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

/** Whoever was erased comes back by signing in anew, and in no other way. */
export function accountErased(): ApiProblem {
  return new ApiProblem('account_erased', { detail: 'Nothing was changed. The user may come back by signing in' });
}

/** Somebody else's id, a malformed one and a missing one look the same. */
export function notFound(): ApiProblem {
  return new ApiProblem('not_found');
}
