import { type MayExist, PROBLEMS } from '#contract/problem.ts';
import { toProblem } from './middleware/problem-handler.ts';
import { ApiProblem } from './problem.ts';

const FIRST_STATUS_OF_OURS = 500;

/**
 * Does what may write a row. A statement whose answer is lost may be done all the same, so a failure of ours names what may exist by
 * now: nobody is charged for what they were never told of.
 * @throws ApiProblem whatever `work` failed with, with `names` where it is a 5xx
 */
export async function withIdInFailure<Result>(names: MayExist, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, details } = toProblem(error);
    if (PROBLEMS[code].status < FIRST_STATUS_OF_OURS) throw error;
    throw new ApiProblem(code, { cause: error, ...details, members: { ...details.members, ...names } });
  }
}
