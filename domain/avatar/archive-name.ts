import { beginning, charactersOf } from '../text/characters.ts';

const NAME_MAX_LENGTH = 60;
/** With folder, number and extension a name stays below the limit of file systems, 255 bytes. */
const NAME_MAX_BYTES = 200;

/** All but letters, marks and digits of any script, joiners, and a few symbols: separators, dots, what turns the direction. */
const UNSAFE = /(?:(?![\u200C\u200D])[^\p{L}\p{M}\p{N} _'()-])+/gu;
/** Joiners belong between letters. */
const LOOSE_JOINERS = /(?<![\p{L}\p{M}])[\u200C\u200D]+|[\u200C\u200D]+(?![\p{L}\p{M}])/gu;
/** Reserved device names on Windows. */
const DEVICES = /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])$/i;

/** A user-given name as a file name without extension. */
export function safeName(name: string, fallback: string): string {
  const plain = name.normalize('NFC').replace(UNSAFE, ' ').replace(LOOSE_JOINERS, '').replace(/\s+/g, ' ').trim();
  const short = withinBytes(beginning(plain, NAME_MAX_LENGTH)).trim();
  if (short === '') return fallback;
  return DEVICES.test(short) ? `_${short}` : short;
}

/** As many whole characters as fit. */
function withinBytes(text: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  return charactersOf(text)
    .filter((character) => (bytes += encoder.encode(character).length) <= NAME_MAX_BYTES)
    .join('');
}

/** Makes the names within one archive unique, also on case-insensitive file systems. */
export function createArchiveNames(fallback: string): (name: string) => string {
  const usedNames = new Set<string>();
  return (name) => {
    const safe = safeName(name, fallback);
    let unique = safe;
    for (let count = 2; usedNames.has(unique.toLowerCase()); count += 1) unique = `${safe} (${count})`;
    usedNames.add(unique.toLowerCase());
    return unique;
  };
}
