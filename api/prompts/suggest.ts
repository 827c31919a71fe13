import type { PromptSuggestions } from '#contract/prompt.ts';
import { completions } from '#domain/prompt/completion.ts';
import { styleOf } from '#domain/prompt/style.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { promptHistory, matchingPresetPrompts } from '#drizzle/queries/generations/prompt-history.ts';
import { isolated } from '#domain/text/isolated.ts';
import type { Handler } from '../handler.ts';
import { violationInTurn } from '../moderation/assert-texts-allowed.ts';
import { textsOf } from '../moderation/texts-of.ts';

type Suggestion = PromptSuggestions['suggestions'][number];

const SUGGESTIONS = 10;
/** The account's own prompts come first, but leave room for new ones. */
const FROM_HISTORY = 5;
const FROM_PRESETS = 3;

/** Suggests prompts of the account's avatars, of presets, and from the lexicon. */
export function suggestPrompts({ database }: { readonly database: Database }): Handler<'suggestPrompts'> {
  return async ({ body, caller }) => {
    const text = body.text ?? '';
    const style = styleOf(body);
    const input = { text, gender: body.attributes?.gender, style };
    const [history, presets] = await Promise.all([
      promptHistory(database, caller.accountId, { ...input, limit: FROM_HISTORY }),
      matchingPresetPrompts(database, caller.accountId, { ...input, limit: FROM_PRESETS }),
    ]);
    const found: Suggestion[] = [
      ...history.map(({ prompt, uses }) => ({ prompt, from: 'history' as const, reason: historyReason(uses) })),
      ...presets.map(({ prompt, name }) => ({
        prompt,
        from: 'preset' as const,
        reason: `From the preset ${isolated(name)}`,
      })),
      ...completions(text, style).map((completion) => ({ ...completion, from: 'lexicon' as const })),
    ];
    // What the user types is not refused here, but a prompt that would be refused is not suggested.
    const isAllowed = async (prompt: string) => (await violationInTurn({ texts: textsOf({ prompt }) })) === undefined;
    const seen = new Set([text.toLowerCase()]);
    const suggestions: Suggestion[] = [];
    for (const suggestion of found) {
      if (suggestions.length === SUGGESTIONS) break;
      const key = suggestion.prompt.toLowerCase();
      if (seen.has(key)) continue;
      seen.add(key);
      if (await isAllowed(suggestion.prompt)) suggestions.push(suggestion);
    }
    return { status: 200, body: { suggestions } };
  };
}

function historyReason(uses: number): string {
  if (uses === 0) return 'You kept an avatar generated from this';
  return `Apps used an avatar generated from this ${uses} ${uses === 1 ? 'time' : 'times'}`;
}
