import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DocumentKind, DocumentFromNewerRelease, readDocument, writeDocument } from './document-kind.ts';

interface Palette {
  readonly colors: readonly { readonly hex: string }[];
  readonly background: string | null;
}

/** Version 1 is a list of colors, version 2 an object with that list, version 3 has objects in the list and a background. */
const palette: DocumentKind<Palette> = {
  name: 'palette',
  schema: z.strictObject({
    colors: z.array(z.strictObject({ hex: z.string() })),
    background: z.string().nullable(),
  }),
  upcasters: [
    (colors: string[]) => ({ colors }),
    ({ colors }: { colors: string[] }) => ({ colors: colors.map((hex) => ({ hex })), background: null }),
  ],
};

const RED: Palette = { colors: [{ hex: '#f00' }], background: null };

describe('readDocument', () => {
  it.each([
    ['1, a list', ['#f00']],
    ['2, an object', { v: 2, colors: ['#f00'] }],
    ['3, the newest', { v: 3, ...RED }],
  ])('reads version %s', (_version, stored) => {
    expect(readDocument(palette, stored)).toEqual(RED);
  });

  it('leaves the stored document unchanged', () => {
    const stored = Object.freeze({ v: 2, colors: Object.freeze(['#f00']) });
    expect(readDocument(palette, stored)).toEqual(RED);
  });

  it('refuses a version of a newer release, by name', () => {
    const read = () => readDocument(palette, { v: 4, colors: [] });
    expect(read).toThrow(DocumentFromNewerRelease);
    expect(read).toThrow('the kind palette has version 4 and was written by a newer release; this one reads up to 3');
  });

  it('does not validate: an odd document is for its reader to judge', () => {
    expect(readDocument(palette, { v: 3, colors: 'mauve' })).toEqual({ colors: 'mauve' });
  });
});

describe('writeDocument', () => {
  it('adds the version, which reading removes', () => {
    const stored = writeDocument(palette, RED);
    expect(stored).toEqual({ v: 3, ...RED });
    expect(readDocument(palette, stored)).toEqual(RED);
  });

  it('adds nothing to a document of a kind with one version', () => {
    const list: DocumentKind<string[]> = { name: 'list', schema: z.array(z.string()), upcasters: [] };
    expect(writeDocument(list, ['#f00'])).toEqual(['#f00']);
    expect(readDocument(list, ['#f00'])).toEqual(['#f00']);
  });

  it('writes the version before while the earlier release may read it', () => {
    const introduced: DocumentKind<Palette> = {
      ...palette,
      downcast: ({ colors }: Palette) => ({ colors: colors.map(({ hex }) => hex) }),
    };
    const earlier = { ...palette, upcasters: palette.upcasters.slice(0, 1) };
    const stored = writeDocument(introduced, RED);
    expect(stored).toEqual({ v: 2, colors: ['#f00'] });
    expect(readDocument(earlier, stored)).toEqual({ colors: ['#f00'] });
    expect(readDocument(introduced, stored)).toEqual(RED);
  });

  it('writes a second version as version 1 meanwhile, a list again', () => {
    const second: DocumentKind<{ colors: string[] }> = {
      name: 'palette',
      schema: z.strictObject({ colors: z.array(z.string()) }),
      upcasters: palette.upcasters.slice(0, 1),
      downcast: ({ colors }) => colors,
    };
    expect(writeDocument(second, { colors: ['#f00'] })).toEqual(['#f00']);
  });
});
