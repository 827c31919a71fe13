import type { Colour } from '../drawing/colour.ts';

/** Longer prompts are read up to here; the API's own limit is lower. */
const READ_MAX_CHARACTERS = 2_000;

/** Lower-case ASCII words only: what is left is matched against fixed patterns and never printed. */
export function normalised(text: string): string {
  return text
    .slice(0, READ_MAX_CHARACTERS)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9+.,'#-]+/g, ' ')
    .trim();
}

/** Whether a word is there and not denied ("no glasses", "without a hat"). */
export function mentions(words: string, pattern: RegExp): boolean {
  const found = pattern.exec(words);
  if (!found) return false;
  const before = words.slice(Math.max(0, found.index - 14), found.index);
  return !/\b(no|without|not)( an?| any)? ?$/.test(before);
}

/** The value of the first rule whose pattern is mentioned. */
export function firstMention<T>(words: string, rules: readonly (readonly [RegExp, T])[]): T | undefined {
  return rules.find(([pattern]) => mentions(words, pattern))?.[1];
}

/** A colour given as a word of the table or as #rrggbb; the last known word wins ("sea green", "dark brown"). */
export function readColour(table: Readonly<Record<string, Colour>>, text: string): Colour | undefined {
  const hex = /#([0-9a-f]{6})\b/.exec(text)?.[1];
  if (hex) return `#${hex}`;
  if (table[text]) return table[text];
  const known = text.split(/[^a-z]+/).filter((word) => Object.hasOwn(table, word));
  const last = known.at(-1);
  return last === undefined ? undefined : table[last];
}

/** The colour words directly before a noun: "long silver hair", "her bright green eyes". */
export function colourBefore(
  table: Readonly<Record<string, Colour>>,
  words: string,
  noun: 'hair' | 'eyes' | 'skin',
): Colour | undefined {
  for (const match of words.matchAll(new RegExp(`((?:[a-z-]+ ){1,4})${noun}\\b`, 'g'))) {
    const colour = readColour(table, match[1] ?? '');
    if (colour) return colour;
  }
  return undefined;
}
