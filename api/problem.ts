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
  /** Extension members of the response, as RFC 9457 allows. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error with a problem code of the contract; the error handler turns it into an RFC 9457 response. */
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

/** An erased account is opened again only when its user signs in. */
export function accountErased(): ApiProblem {
  return new ApiProblem('account_erased', {
    detail: 'Nothing was changed. The account is opened again when its user signs in',
  });
}

/** Until an admin unblocks it. */
export function accountBlocked(): ApiProblem {
  return new ApiProblem('account_blocked', { detail: 'An admin has blocked this account. Ask the studio’s support' });
}

/** An id of another account, a malformed one and a missing one get the same answer. */
export function notFound(): ApiProblem {
  return new ApiProblem('not_found');
}

/** The same for an id that a field of the request names. */
export function notFoundAt(path: string, message: string): ApiProblem {
  return new ApiProblem('not_found', { errors: [{ path, message }] });
}
