import { readFunctions } from '#drizzle/migrate/functions.ts';
import { constraintMutants } from './constraint-mutants.ts';
import { chosenMutants } from './chosen-mutants.ts';
import { mutateFunction, type SqlMutant } from './mutate-sql.ts';

/**
 * Functions that neither move credits nor decide about a delivery: their tests run over HTTP, on workers, or in `npm run long --
 * usage`. Any other function is mutated, a new one too.
 */
const TESTED_ELSEWHERE =
  /^(announce_|queue_|roll_up_|erase_|finish_erasure|subject_digest|add_(generation_usage|preset|.*strike)|clear_unpaid_strikes|count_preset_use|(approve|reject)_avatar|review_new_avatar|report_refused_prompt|set_|store_(upload|api_key)|rotate_api_key|(delete|empty)_project)/;

/** Every change of the ledger's SQL that a test has to notice. */
export async function allMutants(): Promise<SqlMutant[]> {
  const functions = (await readFunctions()).filter(({ name }) => !TESTED_ELSEWHERE.test(name));
  const mutants = [...functions.flatMap(mutateFunction), ...(await constraintMutants()), ...chosenMutants(functions)];
  const ids = new Set(mutants.map(({ id }) => id));
  if (ids.size !== mutants.length) throw new Error('Two mutants have the same id');
  return mutants;
}
