/** Formats of a character map that fonts in use have: 16-bit segments, and groups of any code points. */
const SEGMENTS = 4;
const GROUPS = 12;

/**
 * Reads which code points a font has glyphs for (the `cmap` table of OpenType).
 * @param font bytes of a TrueType or OpenType font
 */
export function readCoverage(font: Buffer): ReadonlySet<number> {
  const covered = new Set<number>();
  const cmap = tableOf(font, 'cmap');
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4));
    const format = subtable.readUInt16BE(0);
    const ranges = format === SEGMENTS ? segmentsOf(subtable) : format === GROUPS ? groupsOf(subtable) : [];
    for (const [first, last] of ranges) for (let code = first; code <= last; code += 1) covered.add(code);
  }
  return covered;
}

type Range = readonly [first: number, last: number];

function segmentsOf(subtable: Buffer): Range[] {
  const count = subtable.readUInt16BE(6) / 2;
  const [ends, starts] = [14, 16 + count * 2];
  return Array.from({ length: count }, (_, index): Range => [
    subtable.readUInt16BE(starts + index * 2),
    subtable.readUInt16BE(ends + index * 2),
  ]).filter(([first]) => first !== 0xff_ff);
}

function groupsOf(subtable: Buffer): Range[] {
  return Array.from({ length: subtable.readUInt32BE(12) }, (_, index): Range => [
    subtable.readUInt32BE(16 + index * 12),
    subtable.readUInt32BE(20 + index * 12),
  ]);
}

function tableOf(font: Buffer, name: string): Buffer {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const entry = 12 + index * 16;
    if (font.toString('latin1', entry, entry + 4) === name) return font.subarray(font.readUInt32BE(entry + 8));
  }
  throw new Error(`The font has no table ${name}`);
}
