import type { VisualAttributes } from './attributes.ts';
import { STYLE_RULES, type Style } from './style.ts';

export interface PromptRequest {
  readonly prompt?: string | undefined;
  readonly style?: Style | undefined;
  readonly attributes?: VisualAttributes | undefined;
  /** A preset brings its own drawing manner and framing, so ours would only repeat it. */
  readonly framed?: boolean | undefined;
}

/** One piece of the built prompt and where it comes from. */
export interface PromptPart {
  readonly from: 'words' | 'trait' | 'style' | 'framing';
  readonly text: string;
}

export const BUILT_PROMPT_MAX_LENGTH = 2_000;
const FRAMING = 'Head and shoulders, centred, facing the viewer';

/** The prompt a painter gets, piece by piece, in reading order. Deterministic. */
export function promptParts(request: PromptRequest): PromptPart[] {
  const parts: PromptPart[] = [
    { from: 'words', text: request.prompt?.trim() ?? '' },
    { from: 'trait', text: describeTraits(request.attributes ?? {}) },
  ];
  const style = request.style ?? request.attributes?.style;
  if (style && !request.framed) parts.push({ from: 'style', text: STYLE_RULES[style].words });
  if (!request.framed) parts.push({ from: 'framing', text: FRAMING });
  return parts.filter((part) => part.text.length > 0);
}

/** The parts as one text of sentences, at most {@link BUILT_PROMPT_MAX_LENGTH} characters. */
export function buildPrompt(request: PromptRequest): string {
  const sentences = promptParts(request).map((part) => (/[.!?…]$/u.test(part.text) ? part.text : `${part.text}.`));
  return sentences.join(' ').slice(0, BUILT_PROMPT_MAX_LENGTH);
}

const AGE_WORDS: Readonly<Record<string, string>> = {
  '20s': 'in their 20s',
  '30s': 'in their 30s',
  '40s': 'in their 40s',
  '50s': 'in their 50s',
  '60+': 'over 60',
};
const GENDER_WORDS: Readonly<Record<string, string>> = { woman: 'Woman', man: 'Man', nonbinary: 'Nonbinary person' };

function describeTraits(attributes: VisualAttributes): string {
  const { gender, ageRange, ethnicity, bodyType, hairStyle, hairColor, eyeColor, skinTone } = attributes;
  const who = [gender ? GENDER_WORDS[gender] : undefined, ageRange ? AGE_WORDS[ageRange] : undefined]
    .filter(Boolean)
    .join(' ');
  const hair = [hairColor, hairStyle === 'none' ? undefined : hairStyle].filter(Boolean).join(' ');
  const traits = [
    who && !gender ? `Person ${who}` : who,
    ethnicity,
    bodyType && `${bodyType} build`,
    skinTone && `${skinTone} skin`,
    hairStyle === 'none' ? 'shaved head' : hair && `${hair} hair`,
    eyeColor && `${eyeColor} eyes`,
  ].filter((trait): trait is string => Boolean(trait));
  const [first, ...rest] = traits;
  return first === undefined ? '' : [capitalised(first), ...rest].join(', ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
