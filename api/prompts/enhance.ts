import { PROMPT_MAX_LENGTH } from '../../contract/generation.ts';
import { enhancePrompt as enhance } from '../../domain/prompt-enhance.ts';
import type { Handler } from '../handler.ts';

/** By rules, not by a model: the same words give the same answer, at once and for nothing. */
export function enhancePrompt(): Handler<'enhancePrompt'> {
  return ({ body }) => {
    const { prompt, changes } = enhance({ ...body, maxLength: PROMPT_MAX_LENGTH });
    return Promise.resolve({ status: 200, body: { prompt, changes: [...changes] } });
  };
}
