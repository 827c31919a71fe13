import type { Gender } from '#domain/persona/attributes.ts';
import type { Style } from '#domain/prompt/style.ts';
import { foldedText } from '#domain/text/folded-text.ts';
import type { Database } from '#drizzle/connection/database.ts';

export interface PromptSearch {
  /** The text typed so far; empty for the best prompts overall. */
  readonly text: string;
  readonly gender?: Gender | undefined;
  readonly style?: Style | undefined;
  readonly limit: number;
}

export interface PromptHistoryEntry {
  /** As the user wrote it, not the final prompt. */
  readonly prompt: string;
  /** Uses of its avatars by apps. */
  readonly uses: number;
}

/** Newest avatars to search if nothing was typed. */
const RECENT = 100;
/** Avatars that match the typed text, before ranking. */
const CANDIDATES = 200;

/**
 * Distinct prompts of an account's avatars that are not deleted or trashed, similar to the typed text by trigrams (indexed). Ordered
 * by matching style and gender, then similarity, uses by apps and age.
 */
export async function promptHistory(
  database: Database,
  accountId: string,
  search: PromptSearch,
): Promise<PromptHistoryEntry[]> {
  const { text, style, gender, limit } = search;
  const typed = foldedText(text);
  return database.call<{ prompt: string; uses: number }>(
    typed === '' ? 'prompts.recent' : 'prompts.matching',
    `WITH candidates AS (
       SELECT a.generation_id, a.usage_count, a.created_at, a.style, a.attributes->>'gender' AS gender
       FROM avatars a
       WHERE a.account_id = $1 AND a.trashed_at IS NULL
         AND ${typed === '' ? `$2 = ''` : `(a.folded_text LIKE $2 OR a.folded_text %> $3)`}
       ORDER BY a.created_at DESC LIMIT ${typed === '' ? RECENT : CANDIDATES}),
     prompts AS (
       SELECT g.request->>'prompt' AS prompt, c.usage_count, c.created_at,
         coalesce(c.style = $4, false)::int + coalesce(c.gender = $5, false)::int AS fits
       FROM candidates c JOIN avatar_generations g ON g.id = c.generation_id
       WHERE g.source_type <> 'upload' AND g.request->>'prompt' <> '')
     SELECT (array_agg(prompt ORDER BY created_at DESC))[1] AS prompt, sum(usage_count)::int AS uses
     FROM prompts
     WHERE ${typed === '' ? `$3 = ''` : `fold_text(prompt) LIKE $2 OR word_similarity($3, fold_text(prompt)) > 0.4`}
     GROUP BY fold_text(prompt)
     ORDER BY max(fits) DESC, ${typed === '' ? '' : `word_similarity($3, fold_text(prompt)) DESC,`} uses DESC, max(created_at) DESC
     LIMIT $6`,
    [accountId, typed === '' ? '' : `%${typed}%`, typed, style ?? null, gender ?? null, limit],
  );
}

/** Prompts of public and own presets that are similar to the typed text. There are few, so no index is needed. */
export async function matchingPresetPrompts(
  database: Database,
  accountId: string,
  { text, style, gender, limit }: PromptSearch,
): Promise<{ readonly prompt: string; readonly name: string }[]> {
  const typed = foldedText(text);
  return database.call<{ prompt: string; name: string }>(
    'prompts.presets',
    `SELECT prompt, name FROM avatar_presets
     WHERE (account_id IS NULL OR account_id = $1)
       AND ($2 = '' OR word_similarity($2, fold_text(name || ' ' || prompt)) > 0.4)
     ORDER BY coalesce(attributes->>'style' = $3, false) DESC, coalesce(attributes->>'gender' = $4, false) DESC,
       word_similarity($2, fold_text(name || ' ' || prompt)) DESC, usage_count DESC, position, id
     LIMIT $5`,
    [accountId, typed, style ?? null, gender ?? null, limit],
  );
}
