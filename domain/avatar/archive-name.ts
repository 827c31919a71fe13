/** Maximum characters of a name: with folder, number and extension it stays below the limit of file systems (255 bytes). */
const NAME_MAX_LENGTH = 60;

/** Letters, marks and digits of any script, and a few symbols; no separators, dots or bidirectional controls. */
const UNSAFE = /[^\p{L}\p{M}\p{N} _'()-]+/gu;
/** Reserved device names on Windows. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A user-given name as a file name without extension. */
export function safeName(name: string, fallback: string): string {
  const plain = name.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
  const short = [...plain].slice(0, NAME_MAX_LENGTH).join('').trim();
  if (short === '') return fallback;
  return DEVICES.test(short) ? `_${short}` : short;
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
