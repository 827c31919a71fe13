import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { offersPage } from '#tests/offers/offers-page.ts';

/** Without what the formatter adds: padding of a table, breaks of a text. */
const unformatted = (page: string) => page.replaceAll(/-{3,}/g, '---').split(/\s+/).join(' ').trim();

it('docs/offers.md is what the descriptors say; npm run offers writes it', () => {
  expect(unformatted(readFileSync(join(import.meta.dirname, 'offers.md'), 'utf8'))).toBe(unformatted(offersPage()));
});
