import { until } from '../support/until.ts';
import { UnexpectedAnswer } from './api-client.ts';

/**
 * Sends a request until the answer is not 503, as clients do. For tests that send many requests at once for the same rows: on a busy
 * machine, one of them may wait for its lock or connection longer than the API lets it.
 */
export async function whenServed<Answer extends object>(send: () => Promise<Answer>): Promise<Answer> {
  return until(
    () =>
      send().catch((error: unknown) => {
        if (error instanceof UnexpectedAnswer && error.status === 503) return undefined;
        throw error;
      }),
    { what: 'an answer other than 503' },
  );
}
