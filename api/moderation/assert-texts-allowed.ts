import { type ModeratedText, moderatePrompt, type ModerationInput } from '#domain/moderation/moderate-prompt.ts';
import { type PromptRule, RULE_REASONS } from '#domain/moderation/prompt-rules.ts';
import { ApiProblem } from '../problem.ts';
import { findExplicit } from './explicit-terms.ts';

interface Violation {
  readonly rule: PromptRule;
  /** Of the text in the request. */
  readonly path: string;
}

/** @returns the rule that the texts break and the path of the text; undefined when they break none */
export function violationOf(input: ModerationInput): Violation | undefined {
  const outcome = moderatePrompt(input, findExplicit);
  return outcome.outcome === 'refused' ? { rule: outcome.rule, path: outcome.path } : undefined;
}

/** Names the broken rule and the path of each text, but does not repeat the text. */
export function promptNotAllowed(violations: readonly [Violation, ...Violation[]]): ApiProblem {
  const [{ rule }] = violations;
  return new ApiProblem('prompt_not_allowed', {
    detail: RULE_REASONS[rule],
    errors: violations.map((violation) => ({ path: violation.path, message: RULE_REASONS[violation.rule] })),
    members: { rule },
  });
}

/**
 * For texts that are stored, not generated from at once.
 * @throws ApiProblem prompt_not_allowed
 */
export function assertTextsAllowed(texts: readonly ModeratedText[]): void {
  const violation = violationOf({ texts });
  if (violation) throw promptNotAllowed([violation]);
}
