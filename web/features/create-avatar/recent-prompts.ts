import { foldedText } from '#domain/text/folded-text.ts';

/** As many as fit in a menu. */
export const RECENT_PROMPTS = 10;

/**
 * Prompts, newest first, each once: two that differ only in case, accents or punctuation are one.
 * @returns at most {@link RECENT_PROMPTS}
 */
export function recentPrompts(prompts: readonly (string | null)[]): readonly string[] {
  const byText = new Map<string, string>();
  for (const prompt of prompts) {
    const text = foldedText(prompt ?? '');
    if (prompt !== null && text !== '' && !byText.has(text)) byText.set(text, prompt);
  }
  return [...byText.values()].slice(0, RECENT_PROMPTS);
}
