import { type MayExist, PROBLEMS } from '#contract/problem.ts';
import { toProblem } from './middleware/problem-handler.ts';
import { ApiProblem } from './problem.ts';

const FIRST_SERVER_ERROR = 500;

/**
 * Runs `work`, which writes a row. When it fails the row may exist nevertheless (the reply to a statement can be lost), so a 5xx
 * response contains the row's id: the client can read what it may have been charged for.
 * @throws ApiProblem with `ids` when `work` fails with a 5xx; else the error of `work`
 */
export async function withIdInFailure<Result>(ids: MayExist, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, details } = toProblem(error);
    if (PROBLEMS[code].status < FIRST_SERVER_ERROR) throw error;
    throw new ApiProblem(code, { cause: error, ...details, members: { ...details.members, ...ids } });
  }
}
