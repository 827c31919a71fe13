/** Characters of a name in an archive: with a folder, a number and an ending it stays below what file systems take (255 bytes). */
const NAME_MAX_LENGTH = 60;

/** Letters, marks and digits of any script, and these few signs; no separators, no dots, nothing that turns text around. */
const UNSAFE = /[^\p{L}\p{M}\p{N} _'()-]+/gu;
/** Windows opens devices by these names. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** What a person called something, as a file's name without its ending. */
export function safeName(name: string, fallback: string): string {
  const plain = name.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
  const short = [...plain].slice(0, NAME_MAX_LENGTH).join('').trim();
  if (short === '') return fallback;
  return DEVICES.test(short) ? `_${short}` : short;
}

/** Gives each thing of one archive a name that no other one has, also where large and small letters are the same. */
export function createArchiveNames(fallback: string): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const safe = safeName(name, fallback);
    let unique = safe;
    for (let count = 2; taken.has(unique.toLowerCase()); count += 1) unique = `${safe} (${count})`;
    taken.add(unique.toLowerCase());
    return unique;
  };
}
