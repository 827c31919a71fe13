import { ApplicationFailure } from '@temporalio/activity';
import { FAILURES, type FailureCode } from '#domain/generation/failure.ts';

/** A failure that ends the generation: neither a retry nor another provider can help. Its type is the code. */
export function finalFailure(code: FailureCode): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: FAILURES[code].message,
    nonRetryable: true,
    category: 'BENIGN',
  });
}
