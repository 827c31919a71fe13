import { type PolicyText, moderatePrompt, type PolicyInput } from '#domain/moderation/prompt-policy.ts';
import { type PromptRule, RULE_REASONS } from '#domain/moderation/prompt-rules.ts';
import { ApiProblem } from '../problem.ts';
import { findExplicit } from './explicit-terms.ts';

interface Refusal {
  readonly rule: PromptRule;
  /** In the request. */
  readonly path: string;
}

/** Which rule a request breaks, and where; undefined when it breaks none. */
export function refusalOf(input: PolicyInput): Refusal | undefined {
  const outcome = moderatePrompt(input, findExplicit);
  return outcome.outcome === 'refused' ? { rule: outcome.rule, path: outcome.where } : undefined;
}

/** Says which rule was broken and where; what was written is not repeated. */
export function promptRejected(refusals: readonly [Refusal, ...Refusal[]]): ApiProblem {
  const [{ rule }] = refusals;
  return new ApiProblem('prompt_rejected', {
    detail: RULE_REASONS[rule],
    errors: refusals.map((refusal) => ({ path: refusal.path, message: RULE_REASONS[refusal.rule] })),
    members: { rule },
  });
}

/** For texts that are kept and not painted at once. @throws ApiProblem prompt_rejected */
export function assertTextsAllowed(texts: readonly PolicyText[]): void {
  const refusal = refusalOf({ texts });
  if (refusal) throw promptRejected([refusal]);
}
