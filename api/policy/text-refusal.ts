import { type PolicyText, moderatePrompt, type PolicyInput } from '#domain/moderation/prompt-policy.ts';
import { type PromptRule, RULE_REASONS } from '#domain/moderation/prompt-rules.ts';
import { ApiProblem } from '../problem.ts';
import { findExplicit } from './explicit-terms.ts';

interface Refusal {
  readonly rule: PromptRule;
  /** Of the text in the request. */
  readonly path: string;
}

/** @returns the rule that the texts break and the path of the text; undefined when they break none */
export function refusalOf(input: PolicyInput): Refusal | undefined {
  const outcome = moderatePrompt(input, findExplicit);
  return outcome.outcome === 'refused' ? { rule: outcome.rule, path: outcome.where } : undefined;
}

/** Names the broken rule and the path of each text, but does not repeat the text. */
export function promptRejected(refusals: readonly [Refusal, ...Refusal[]]): ApiProblem {
  const [{ rule }] = refusals;
  return new ApiProblem('prompt_rejected', {
    detail: RULE_REASONS[rule],
    errors: refusals.map((refusal) => ({ path: refusal.path, message: RULE_REASONS[refusal.rule] })),
    members: { rule },
  });
}

/**
 * For texts that are stored, not generated from at once.
 * @throws ApiProblem prompt_rejected
 */
export function assertTextsAllowed(texts: readonly PolicyText[]): void {
  const refusal = refusalOf({ texts });
  if (refusal) throw promptRejected([refusal]);
}
