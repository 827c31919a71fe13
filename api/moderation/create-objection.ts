import type { ModeratedText, Violation } from '#domain/moderation/moderate-prompt.ts';
import type { PromptRule } from '#domain/moderation/prompt-rules.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { addObjection } from '#drizzle/queries/admin/objections.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import { violationInTurn } from './assert-texts-allowed.ts';
import { digestOf } from './exception-digest.ts';

/**
 * Stores an objection to texts that are indeed refused.
 * @throws ApiProblem conflict when these texts break no such rule, or too many objections are undecided
 */
export function createObjection({ database }: { readonly database: Database }): Handler<'createObjection'> {
  return async ({ body, caller }) => {
    const violation = await violationOfTexts(body.rule, body.texts);
    if (!violation) throw new ApiProblem('conflict', { detail: 'These texts are not refused by this rule' });
    const terms = [violation, violation.companion];
    const named = body.texts.filter(({ text }) => violation.texts.includes(text));
    const outcome = await addObjection(database, {
      accountId: caller.accountId,
      rule: violation.rule,
      digest: digestOf(violation),
      paths: named.map(({ path }) => path),
      texts: named.map(({ text }) => text),
      terms: named.map(({ path }) => terms.flatMap((term) => (term?.path === path ? [term.term] : [])).join(' … ')),
      comment: body.comment,
    });
    if (outcome.outcome === 'full') {
      throw new ApiProblem('conflict', { detail: 'You have many undecided objections. Wait for a decision' });
    }
    const { id, decision, createdAt } = outcome;
    return { status: 201, body: { id, rule: violation.rule, decision, createdAt: createdAt.toISOString() } };
  };
}

/** Texts of a prompt are refused together, displayed ones sentence by sentence, and some only with a photograph. */
async function violationOfTexts(
  rule: PromptRule,
  texts: readonly { readonly path: string; readonly text: string }[],
): Promise<Violation | undefined> {
  const asTexts = (inPrompt: boolean): ModeratedText[] => texts.map((text) => ({ ...text, inPrompt }));
  const violations = await Promise.all([
    violationInTurn({ texts: asTexts(true) }),
    violationInTurn({ texts: asTexts(false) }),
    violationInTurn({ texts: asTexts(true), fromPhotograph: true }),
  ]);
  return violations.find((violation) => violation?.rule === rule);
}
