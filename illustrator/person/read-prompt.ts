import type { Color } from '../drawing/color.ts';

/** Longer prompts are read up to here; the API's own limit is lower. */
const READ_MAX_CHARACTERS = 2_000;

/** Lower-case ASCII words only: what is left is matched against fixed patterns and never printed. */
export function normalized(text: string): string {
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
export function readColor(table: Readonly<Record<string, Color>>, text: string): Color | undefined {
  const hex = /#([0-9a-f]{6})\b/.exec(text)?.[1];
  if (hex) return `#${hex}`;
  if (table[text]) return table[text];
  const known = text.split(/[^a-z]+/).filter((word) => Object.hasOwn(table, word));
  const last = known.at(-1);
  return last === undefined ? undefined : table[last];
}

/** The parts of a person that a prompt gives colours to, with the words that mean them. */
const PARTS = {
  hair: new Set(['hair', 'haired', 'hairs', 'curls', 'locks', 'braid', 'braids', 'ponytail', 'mohawk']),
  beard: new Set(['beard', 'bearded', 'beards', 'moustache', 'mustache', 'goatee', 'stubble', 'whiskers', 'sideburns']),
  eyes: new Set(['eyes', 'eye', 'eyed', 'irises']),
  skin: new Set(['skin', 'skinned']),
} as const;
type ColouredPart = keyof typeof PARTS;
const PART_WORDS: ReadonlySet<string> = new Set(Object.values(PARTS).flatMap((words) => [...words]));
/** Lead from a part to a colour that is said after it: "eyes of amber", "hair dyed pink". */
const LEADING = new Set(['of', 'in', 'is', 'are', 'was', 'were', 'dyed', 'like', 'as', 'coloured', 'colored']);
const JOINING = new Set(['and', 'with', 'but']);
/** Further away than this many words, a colour is something else's. */
const REACH_WORDS = 4;

/**
 * The colour a prompt gives to a part: said before it ("long silver hair", "her bright green eyes", "a red-bearded smith") or after it
 * ("hair dyed pink"), in the same clause, with no other part between.
 */
export function colorOf(table: Readonly<Record<string, Color>>, words: string, part: ColouredPart): Color | undefined {
  for (const clause of words.split(/[.,]+/)) {
    const said = clause.split(/[ '+-]+/).filter((word) => word !== '');
    for (const [at, word] of said.entries()) {
      if (!(PARTS[part] as ReadonlySet<string>).has(word)) continue;
      const color = readColor(table, saidAfter(said, at)) ?? readColor(table, saidBefore(said, at));
      if (color) return color;
    }
  }
  return undefined;
}

function saidBefore(said: readonly string[], at: number): string {
  const earlier = said.slice(0, at);
  const other = earlier.findLastIndex((word) => PART_WORDS.has(word));
  // "hair dyed pink and bright eyes": what stands before the "and" is the hair's.
  const joined = other < 0 ? -1 : earlier.findLastIndex((word) => JOINING.has(word));
  return earlier.slice(Math.max(other + 1, joined + 1, at - REACH_WORDS)).join(' ');
}

function saidAfter(said: readonly string[], at: number): string {
  const near = said.slice(at + 1, at + 1 + REACH_WORDS);
  if (!LEADING.has(near[0] ?? '')) return '';
  const color = near.findIndex((word) => !LEADING.has(word));
  // Only the word it leads to: "hair in a green scarf" is not green.
  return near[color] ?? '';
}
