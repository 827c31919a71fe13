import type { VisualAttributes } from '../persona/attributes.ts';
import type { Mode } from '../generation/mode.ts';
import { withoutNegations } from './negation.ts';
import { fits } from '../text/characters.ts';
import { capitalized, clause, cleaned, truncateAtWord } from './prompt-text.ts';
import { describeTraits } from './traits.ts';
import { DEFAULT_QUALITY, type Quality } from '../provider/provider.ts';
import { DEFAULT_STYLE, type Medium, STYLE_RULES, type Style, styleOf } from './style.ts';

export interface PromptRequest {
  readonly prompt?: string | undefined;
  readonly style?: Style | undefined;
  readonly attributes?: VisualAttributes | undefined;
  /** Only the persona's name and mood affect the image; age and backstory are for other apps. */
  readonly persona?: { readonly name?: string | undefined; readonly personality?: string[] | undefined } | undefined;
  readonly mode?: Mode | undefined;
  readonly quality?: Quality | undefined;
  /** A preset has its own style and framing, so ours are omitted. */
  readonly framed?: boolean | undefined;
}

/** In reading order. */
export const PROMPT_PARTS = ['reference', 'name', 'text', 'trait', 'mood', 'style', 'framing', 'quality'] as const;

/** One part of the final prompt, with its source and purpose. */
export interface PromptPart {
  readonly from: (typeof PROMPT_PARTS)[number];
  readonly text: string;
  /** Human-readable. */
  readonly reason: string;
}

export const BUILT_PROMPT_MAX_LENGTH = 2_000;
const FRAMING = 'Head and shoulders, centered, facing the viewer';
/** More moods than this contradict each other in one expression. */
const MOOD_MAX_TRAITS = 3;
/** Quality terms for each medium; omitted for drafts. */
const FINISH: Readonly<Record<Medium, Readonly<Record<Exclude<Quality, 'draft'>, string>>>> = {
  photo: { standard: 'Sharp focus on the eyes', high: 'Sharp focus on the eyes, fine skin texture, rich tonal range' },
  drawn: { standard: 'Clean confident linework', high: 'Clean confident linework, careful shading, crisp detail' },
  painted: { standard: 'Rich brushwork', high: 'Rich layered brushwork, fine detail in the face, subtle color' },
  modeled: { standard: 'Well-made materials', high: 'Well-made materials, soft global light, fine surface detail' },
};
const NEVER_WANTED = ['blurry', 'deformed hands', 'extra fingers', 'watermark', 'caption'];

/** The parts of the final prompt in reading order. Deterministic. */
export function promptParts(request: PromptRequest): PromptPart[] {
  const { mode = 'text', quality = DEFAULT_QUALITY, framed = false } = request;
  const style = styleOf(request);
  const name = clause(request.persona?.name ?? '');
  const parts: PromptPart[] = [
    referencePart(mode, style),
    { from: 'name', text: nameSentence(name), reason: "The persona's name" },
    textPart(request),
    traitPart(request, mode),
    {
      from: 'mood',
      text: moodOf(request.persona?.personality ?? []),
      reason: "The persona's character, as a face shows it",
    },
  ];
  if (style && !framed && mode !== 'style') {
    parts.push({ from: 'style', text: STYLE_RULES[style].words, reason: `The style ${STYLE_RULES[style].label}` });
  }
  if (!framed && mode !== 'style' && !statesFraming(request)) {
    parts.push({ from: 'framing', text: FRAMING, reason: 'Makes it a portrait that fits a round frame' });
  }
  if (quality !== 'draft' && (!framed || quality === 'high')) {
    const text = FINISH[STYLE_RULES[style ?? DEFAULT_STYLE].medium][quality];
    parts.push({
      from: 'quality',
      text,
      reason: quality === 'high' ? 'The requested high quality' : 'A careful finish',
    });
  }
  return parts.filter((part) => part.text.length > 0);
}

/**
 * The parts as the final prompt contains them: each one a sentence, together at most {@link BUILT_PROMPT_MAX_LENGTH} characters. The last
 * parts are dropped first.
 */
export function finalParts(parts: readonly PromptPart[]): PromptPart[] {
  const fitting = parts.map((part) => ({ ...part, text: sentence(part.text) }));
  while (fitting.length > 1 && !fits(joined(fitting), BUILT_PROMPT_MAX_LENGTH)) fitting.pop();
  return fitting.map((part) => ({ ...part, text: truncateAtWord(part.text, BUILT_PROMPT_MAX_LENGTH) }));
}

/** The final prompt: its parts as one text. */
export function buildPrompt(request: PromptRequest): string {
  return joined(finalParts(promptParts(request)));
}

function joined(parts: readonly PromptPart[]): string {
  return parts.map(({ text }) => text).join(' ');
}

/** The negative prompt, for models that support one. */
export function negativePrompt({ prompt = '' }: Pick<PromptRequest, 'prompt'>): string {
  const { unwanted } = withoutNegations(cleaned(prompt));
  return [...new Set([...unwanted, ...NEVER_WANTED])].join(', ');
}

/** The sentence with the name; the illustrator omits it, since a name may be a word that it interprets. */
export function nameSentence(name: string | undefined): string {
  const words = clause(name ?? '');
  return words === '' ? '' : `Portrait of ${words}`;
}

function textPart({ prompt = '' }: PromptRequest): PromptPart {
  const { text, replacements } = withoutNegations(cleaned(prompt));
  const turned = replacements.map(({ said, instead }) => `“${said}” became “${instead}”`).join(', ');
  const reason = turned === '' ? 'Your prompt' : `Your prompt; models show everything that is named, so ${turned}`;
  return { from: 'text', text, reason };
}

function traitPart({ prompt = '', attributes = {} }: PromptRequest, mode: Mode): PromptPart {
  const text = describeTraits(attributes);
  const hasNoSubject = text === '' && cleaned(prompt) === '' && mode === 'text';
  return hasNoSubject
    ? { from: 'trait', text: 'A person', reason: 'Neither a prompt nor an attribute describes the person' }
    : { from: 'trait', text, reason: 'The chosen attributes' };
}

function referencePart(mode: Mode, style: Style | undefined): PromptPart {
  if (mode === 'style' && style) {
    const text = `${STYLE_RULES[style].words}, while keeping the same facial features, hairstyle and expression`;
    return { from: 'reference', text, reason: 'The new style, and what stays the same' };
  }
  const text = mode === 'reference' ? 'The same person as in the image, with the same face' : '';
  return { from: 'reference', text, reason: 'Follows the reference image' };
}

/** A prompt taken over from a preset's avatar has the framing already. */
function statesFraming({ prompt = '' }: PromptRequest): boolean {
  return cleaned(prompt).toLowerCase().includes(FRAMING.toLowerCase());
}

function moodOf(personality: readonly string[]): string {
  const traits = personality
    .map(clause)
    .filter((trait) => trait !== '')
    .slice(0, MOOD_MAX_TRAITS);
  if (traits.length === 0) return '';
  return `${capitalized(traits.join(', '))} expression`;
}

function sentence(text: string): string {
  return /[.!?…。！？؟]$/u.test(text) ? text : `${text}.`;
}
