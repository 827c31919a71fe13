import type { VisualAttributes } from '../persona/attributes.ts';
import { phraseFor, PROMPT_ASPECTS, mentions, type PromptAspect } from './lexicon.ts';
import { fits } from '../text/characters.ts';
import { cleaned, PROMPT_MAX_LENGTH } from './prompt-text.ts';
import { type Style, styleOf } from './style.ts';

export const ENHANCEMENTS = PROMPT_ASPECTS;

interface Enhancement {
  readonly kind: PromptAspect;
  readonly added: string;
  /** Human-readable. */
  readonly reason: string;
}

export interface Enhanced {
  readonly prompt: string;
  /** Empty when nothing was missing; then the prompt is unchanged. */
  readonly changes: readonly Enhancement[];
}

export interface EnhanceRequest {
  readonly prompt: string;
  readonly attributes?: VisualAttributes | undefined;
  readonly style?: Style | undefined;
}

const REASONS: Readonly<Record<PromptAspect, string>> = {
  framing: 'Says how much of the person is seen',
  light: 'Light gives a face its shape; the prompt names none',
  medium: 'States the kind of image',
  mood: 'Says what the face shows',
};

/**
 * Adds the aspects of a portrait that a prompt lacks, as far as its length permits. The given text is never changed, and enhancing an
 * enhanced prompt again changes nothing.
 */
export function enhancePrompt({ prompt, ...request }: EnhanceRequest): Enhanced {
  const style = styleOf(request);
  const changes: Enhancement[] = [];
  let enhanced = prompt;
  for (const kind of PROMPT_ASPECTS) {
    if (mentions(cleaned(enhanced), kind)) continue;
    const added = phraseFor(kind, style);
    if (added === undefined) continue;
    const longer = `${enhanced.replace(/[\s.,;]+$/u, '')}, ${added}`;
    if (!fits(longer, PROMPT_MAX_LENGTH)) continue;
    enhanced = longer;
    changes.push({
      kind,
      added,
      reason: kind === 'light' && style ? `Light that suits the style ${style}` : REASONS[kind],
    });
  }
  return { prompt: enhanced, changes };
}
