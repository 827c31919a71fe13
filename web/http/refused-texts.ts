import type { PromptRule } from '#domain/moderation/prompt-rules.ts';
import { RequestFailed } from './request-failed.ts';

export interface RefusedTexts {
  readonly rule: PromptRule;
  readonly texts: { readonly path: string; readonly text: string }[];
}

/**
 * The texts of a request that the API refused, for an objection.
 * @returns undefined for any other error, and when the request did not contain them: they come from a preset or from project defaults
 */
export function refusedTextsOf(error: unknown): RefusedTexts | undefined {
  if (!(error instanceof RequestFailed) || error.code !== 'prompt_not_allowed') return undefined;
  const [refused] = error.problem?.errors ?? [];
  const rule = error.problem?.rule;
  if (!refused || !rule) return undefined;
  const paths = new Set([refused.path, ...(refused.companion ? [refused.companion.path] : [])]);
  const texts = [...paths].map((path) => ({ path, text: valueAt(error.requestBody, path) }));
  return texts.every((text): text is { path: string; text: string } => typeof text.text === 'string')
    ? { rule, texts }
    : undefined;
}

function valueAt(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;
  }, body);
}
