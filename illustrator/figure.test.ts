import { describe, expect, it } from 'vitest';
import { MANNERS } from './drawing/manner.ts';
import { createSitting } from './drawing/sitting.ts';
import { drawFigure } from './figure.ts';
import type { Person } from './person/person.ts';
import { settlePerson } from './person/settle-person.ts';
import { ACCESSORIES, COSTUMES, EXPRESSIONS, EYEWEAR, HATS, PATTERNS } from './person/traits.ts';

/** One style for each way of drawing. */
const STYLES = ['photorealistic', '3d', 'anime', 'chibi', 'comic', 'vector', 'pixel'] as const;
const size = { widthPx: 512, heightPx: 512 };
const plain = settlePerson({
  style: 'photorealistic',
  attributes: {},
  prompt: 'a calm man in a shirt, brown hair, no beard',
  seed: 3,
  ...size,
});

const drawn = (style: (typeof STYLES)[number], changes: Partial<Person>): string =>
  drawFigure(createSitting({ ...plain, ...changes }, MANNERS[style]));

const CHANGES: readonly (readonly [string, Partial<Person>])[] = [
  ...COSTUMES.filter((kind) => kind !== plain.costume).map((costume) => [costume, { costume }] as const),
  ...HATS.map((hat) => [hat, { hat, hatColor: '#b23a3c' }] as const),
  ...EYEWEAR.map((eyewear) => [eyewear, { eyewear }] as const),
  ...EXPRESSIONS.filter((kind) => kind !== plain.expression).map((expression) => [expression, { expression }] as const),
  ...PATTERNS.map((kind) => [kind, { pattern: { kind, color: '#f4f0e6' } }] as const),
  ...ACCESSORIES.map((kind) => [kind, { worn: { [kind]: '#b23a3c' } }] as const),
];

describe.each(STYLES)('in %s', (style) => {
  it('everything that the reader names is drawn, with finite numbers', () => {
    const without = drawn(style, { worn: {} });
    const figures = CHANGES.map(([name, change]) => ({ name, figure: drawn(style, { worn: {}, ...change }) }));
    expect(figures.filter(({ figure }) => figure === without).map(({ name }) => name)).toEqual([]);
    expect(figures.filter(({ figure }) => /NaN|undefined|Infinity/.test(figure)).map(({ name }) => name)).toEqual([]);
  });
});
