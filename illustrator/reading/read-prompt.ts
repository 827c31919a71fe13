import { withAges } from './ages.ts';
import { termsOf } from './lexicon.ts';
import { phrasesOf } from './phrases.ts';
import { figureSlots } from './figure-slots.ts';
import { sceneSlots } from './scene-slots.ts';
import { notDrawnOf } from './not-drawn.ts';
import { wornSlots } from './worn-slots.ts';
import { tokensOf } from './tokens.ts';
import type { Told } from './told.ts';

/** What a prompt says about a portrait, slot by slot: tokens, then phrases around nouns, then slots. Unknown words say nothing. */
export function readPrompt(prompt: string): Told {
  const terms = withAges(termsOf(prompt));
  const phrases = phrasesOf(terms);
  const told: Told = { accessories: new Map(), denied: new Set(), notDrawn: [] };
  for (const phrase of phrases) {
    const { head } = phrase;
    if (head?.is === 'occupation' && !phrase.negated) told.occupation ??= head.occupation;
    if (phrase.owner?.is === 'occupation' && !phrase.negated) told.occupation ??= phrase.owner.occupation;
  }
  figureSlots(
    told,
    phrases,
    tokensOf(prompt).map(({ text }) => text),
  );
  wornSlots(told, phrases);
  sceneSlots(told, phrases);
  told.notDrawn.push(...notDrawnOf(phrases));
  return told;
}
