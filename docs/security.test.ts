import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, it } from 'vitest';

const text = readFileSync(join(import.meta.dirname, 'security.md'), 'utf8');
const sectionOf = (heading: string) => text.split(`\n## ${heading}`)[1]?.split('\n## ')[0] ?? '';
const rowsOf = (section: string) =>
  section
    .split('\n')
    .filter((row) => /^\| (?!-)/.test(row))
    .slice(1);

it('every row of the ASVS table that is met names a test that exists', () => {
  const rows = rowsOf(sectionOf('OWASP ASVS'));
  expect(rows.length).toBeGreaterThan(17);
  for (const row of rows) {
    const [, , state = '', shownBy = ''] = row.split('|').map((cell) => cell.trim());
    expect(['met', 'partly met', 'not met', 'not used']).toContain(state);
    const tests = [...shownBy.matchAll(/\]\(([^)]+\.test\.tsx?)\)/g)].map(([, path]) => path!);
    expect([row, tests.length > 0]).toEqual([row, state === 'met' || state === 'partly met']);
    for (const path of tests) expect([path, existsSync(join(import.meta.dirname, path))]).toEqual([path, true]);
  }
});

it('every chapter of ASVS has a row', () => {
  const chapters = new Set([...sectionOf('OWASP ASVS').matchAll(/^\| V(\d+) /gm)].map(([, number]) => Number(number)));
  expect([...chapters]).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
});

it('every budget names a constant of the file that it links', () => {
  const rows = rowsOf(sectionOf('Budgets'));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    const [, constant = '', path = ''] = /`([A-Z_]+)` in \[[^\]]+\]\(([^)]+)\)/.exec(row) ?? [];
    expect([row, readFileSync(join(import.meta.dirname, path), 'utf8').includes(constant)]).toEqual([row, true]);
  }
});

it('the address of the database in docs/configuration.md makes the driver check certificate and name', () => {
  const configuration = readFileSync(join(import.meta.dirname, 'configuration.md'), 'utf8');
  expect(configuration).toContain('?sslmode=verify-full&sslrootcert=');
  // Any file that exists: the driver only reads it.
  const ca = join(import.meta.dirname, 'security.md');
  const client = new Client({ connectionString: `postgres://a:b@db/x?sslmode=verify-full&sslrootcert=${ca}` });
  const { ssl } = client as unknown as {
    ssl: { ca?: string; rejectUnauthorized?: boolean; checkServerIdentity?: unknown };
  };
  expect(ssl).toMatchObject({ ca: text });
  expect(ssl.rejectUnauthorized).not.toBe(false);
  expect(ssl.checkServerIdentity).toBeUndefined();
});
