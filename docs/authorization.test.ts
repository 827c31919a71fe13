import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { authorizationPage } from '#tests/contract/authorization/authorization-table.ts';

/** Without what the formatter adds: padding of a table, breaks of a text. */
const unformatted = (page: string) => page.replaceAll(/-{3,}/g, '---').split(/\s+/).join(' ').trim();

it('docs/authorization.md is what the route table says; npm run authorization writes it', () => {
  expect(unformatted(readFileSync(join(import.meta.dirname, 'authorization.md'), 'utf8'))).toBe(
    unformatted(authorizationPage()),
  );
});
