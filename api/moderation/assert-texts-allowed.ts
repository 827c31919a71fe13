import {
  type IsExcepted,
  type ModeratedText,
  moderatePrompt,
  type ModerationInput,
  type Violation,
} from '#domain/moderation/moderate-prompt.ts';
import { RULE_REASONS } from '#domain/moderation/prompt-rules.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readExceptions } from '#drizzle/queries/admin/objections.ts';
import { ApiProblem } from '../problem.ts';
import { ownTurn } from '../turn.ts';
import { digestOf } from './exception-digest.ts';
import { findExplicit } from './explicit-terms.ts';

/**
 * What the texts break, by the rules alone, in a turn of the event loop of its own: long texts take milliseconds, and a batch has fifty of
 * them.
 * @returns undefined when they break none
 */
export async function violationInTurn(input: ModerationInput, isExcepted?: IsExcepted): Promise<Violation | undefined> {
  await ownTurn();
  const outcome = moderatePrompt(input, findExplicit, isExcepted);
  if (outcome.outcome === 'allowed') return undefined;
  const { outcome: _, ...violation } = outcome;
  return violation;
}

/** The same, without what an admin allowed this account after an objection; read only for texts that break a rule. */
export async function violationFor(
  database: Database,
  accountId: string,
  input: ModerationInput,
): Promise<Violation | undefined> {
  if ((await violationInTurn(input)) === undefined) return undefined;
  const excepted = await readExceptions(database, accountId);
  return violationInTurn(input, (violation) => excepted.has(digestOf(violation)));
}

/** Names the broken rule, and the path and the refused word of each text. Responses may contain them, logs must not. */
export function promptNotAllowed(violations: readonly [Violation, ...Violation[]]): ApiProblem {
  const [first] = violations;
  return new ApiProblem('prompt_not_allowed', {
    detail: messageOf(first),
    errors: violations.map((violation) => {
      const { path, term, companion } = violation;
      return { path, message: messageOf(violation), term, ...(companion && { companion }) };
    }),
    members: { rule: first.rule },
  });
}

/**
 * For texts that are stored, not generated from at once.
 * @throws ApiProblem prompt_not_allowed
 */
export async function assertTextsAllowed(
  database: Database,
  accountId: string,
  texts: readonly ModeratedText[],
): Promise<void> {
  const violation = await violationFor(database, accountId, { texts });
  if (violation) throw promptNotAllowed([violation]);
}

function messageOf({ rule, term, companion }: Violation): string {
  const refused = companion ? `“${term}” with “${companion.term}”` : `“${term}”`;
  return `Not allowed: ${refused}. ${RULE_REASONS[rule]}`;
}
