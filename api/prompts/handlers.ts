import type { promptsRoutes } from '#contract/routes/prompts.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { enhancePrompt } from './enhance.ts';
import { previewPrompt } from './preview.ts';
import { suggestPrompts } from './suggest.ts';

export function promptHandlers(deps: HandlersDeps): HandlersOf<typeof promptsRoutes> {
  return {
    previewPrompt: previewPrompt(deps),
    suggestPrompts: suggestPrompts(deps),
    enhancePrompt: enhancePrompt(deps),
  };
}
