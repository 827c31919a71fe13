import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { LedgerModel } from '../database/ledger-model.ts';
import { resultOf, runStep, type Scene, type Step } from '../database/ledger-steps.ts';
import type { Specification } from './find-violation.ts';

/** A step or a read of one scene's ledger. */
export interface LedgerInput {
  /** The account of the scene: the ledgers of two scenes have nothing in common. */
  readonly accountId: string;
  readonly run: Step | { readonly do: 'read_account' } | { readonly do: 'read_generation'; readonly input: number };
}

/** The ledger as its model describes it, one step after the other. */
export function ledgerSpecification(
  opened: readonly { readonly scene: Scene; readonly model: LedgerModel }[],
): Specification<LedgerModel, LedgerInput> {
  const byAccount = new Map(opened.map((one) => [one.scene.accountId, one]));
  return {
    partitionOf: ({ accountId }) => accountId,
    initial: (accountId) => byAccount.get(accountId)!.model.clone(),
    keyOf: keyOfModel,
    step(state, { accountId, run }) {
      if (run.do === 'read_account') return [{ state, output: accountText(state, state.dayCount) }];
      if (run.do === 'read_generation') return [{ state, output: generationText(state.requests[run.input]!) }];
      const next = state.clone();
      const result = resultOf(next, byAccount.get(accountId)!.scene, run);
      return [{ state: next, output: outputText(result, keyOfModel(next) !== keyOfModel(state)) }];
    },
  };
}

/** Runs the input on the real ledger. @returns the output to compare with the specification's */
export async function runOnLedger(scene: Scene, run: LedgerInput['run']): Promise<string> {
  if (run.do === 'read_account') {
    const account = (await readAccount(scene.database, scene.accountId))!;
    return accountText(account, account.dailyUsed);
  }
  if (run.do === 'read_generation') {
    return generationText((await readGeneration(scene.database, scene.requestIds[run.input]!))!);
  }
  const { result, changed } = await runStep(scene, run);
  return outputText(result, changed);
}

interface Balances {
  readonly posted: number;
  readonly held: number;
  readonly unfinished: number;
}

function accountText({ posted, held, unfinished }: Balances, usedToday: number): string {
  return `posted ${posted}, held ${held}, unfinished ${unfinished}, today ${usedToday}`;
}

function generationText({ status, creditsReturned = false }: { status: string; creditsReturned?: boolean }): string {
  return creditsReturned ? `${status} with credits` : status;
}

/** The first of equal steps changes the ledger; it alone is told so. */
function outputText(result: string, changed: boolean): string {
  return changed ? `${result}, first` : result;
}

function keyOfModel({ posted, strangerPosted, held, unfinished, dayCount, topups, requests }: LedgerModel): string {
  return JSON.stringify([posted, strangerPosted, held, unfinished, dayCount, [...topups.keys()].toSorted(), requests]);
}
