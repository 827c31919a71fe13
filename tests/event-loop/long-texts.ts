import { BATCH_MAX_ITEMS } from '#domain/generation/batch.ts';
import { PERSONA_LIMITS } from '#domain/persona/persona.ts';
import { PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-text.ts';

/** Allowed words in disguises, each of which moderation must remove. */
const DISGUISED = [
  'g.a.r.d.e.n',
  'b l u e',
  'ѕky',
  'l4mp',
  'riiiver',
  'ｂｏａｔ',
  'stöne',
  'gi-rl',
  'eighteen',
  'baker',
];
const BODY_BYTES = 767 * 1024;

/** Makes every text another one, so that none is remembered. */
let serial = 0;

function longText(length: number, separator: string): string {
  serial += 1;
  let text = `a portrait ${serial}`;
  for (let at = 0; text.length < length; at += 1)
    text += `${separator}${DISGUISED[(serial + at * 7) % DISGUISED.length]}`;
  return [...text].slice(0, length).join('').trim();
}

/** A persona of the greatest length, whose story has as many sentences as fit. */
export function longPersona() {
  return {
    name: longText(PERSONA_LIMITS.nameMaxLength, ' '),
    age: 40,
    personality: Array.from({ length: PERSONA_LIMITS.traitsMax }, () => longText(PERSONA_LIMITS.traitMaxLength, ' ')),
    background: sentences(PERSONA_LIMITS.backgroundMaxLength),
  };
}

function sentences(length: number): string {
  let text = '';
  while (text.length < length - 5) text += `${(serial += 1).toString(36)}a.`;
  return text;
}

/** Items of a batch, as large as they may be. */
export function longItems(count = BATCH_MAX_ITEMS) {
  return Array.from({ length: count }, () => ({
    sourceType: 'text_to_image',
    prompt: longText(PROMPT_MAX_LENGTH, ' '),
    persona: longPersona(),
  }));
}

/** A batch with as many items as fit into a body. */
export function tooManyItems(item: string): string {
  return `{"items":[${`${item},`.repeat(BODY_BYTES / (item.length + 1) - 20)}${item}]}`;
}
