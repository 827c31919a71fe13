import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VARIABLES } from '#domain/configuration/variables.ts';
import { withTables } from './configuration-tables.ts';
import { DESCRIPTIONS } from './descriptions.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');

/** Without what the formatter adds: padding of a table. */
const unformatted = (page: string) => page.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ').trim();

/** The cells of the variable's row. */
function rowOf(name: string): string[] {
  const row = PAGE.split('\n').find((each) => each.startsWith(`| \`${name}\``)) ?? '';
  return row.split('|').map((cell) => cell.trim());
}

describe('docs/configuration.md', () => {
  it('has the tables that the schemas say; npm run configuration writes them', () => {
    expect(unformatted(PAGE)).toBe(unformatted(withTables(PAGE)));
  });

  it('describes every variable that a process reads, once', () => {
    expect(Object.values(DESCRIPTIONS).flatMap(Object.keys).toSorted()).toEqual(VARIABLES);
  });

  it.each([
    ['DATABASE_URL', 'A W L', '**required**'],
    ['DATABASE_OWNER_URL', 'C L', '**required**'],
    ['GCS_BUCKET', 'A W C L', '**required**'],
    ['AUTH_PRIVATE_KEY_FILE', 'A C L', '**required** with demo users'],
    ['API_PORT', 'A L', '8080'],
    ['WEB_PORT', 'P L', '5173; `npm start`: 3000'],
    ['DEMO_SIGN_IN', 'A P C L', '`off`; `npm start`: `on`'],
    ['HEARTBEAT_TIMEOUT_MS', 'W', '30,000'],
  ])('says who reads %s, and what holds without it', (name, readers, unset) => {
    expect(rowOf(name).slice(2, 4)).toEqual([readers, unset]);
  });

  it('marks what opens something', () => {
    const marked = VARIABLES.filter((name) => rowOf(name)[4]?.includes('**secret**'));
    const named = VARIABLES.filter(
      (name) => /_(TOKEN|KEY|SECRET|HEADERS)$/.test(name) || /^DATABASE_.*URL$/.test(name),
    );
    expect(marked).toEqual(named);
  });

  it('refuses a page without one of its tables', () => {
    expect(() => withTables('# Configuration')).toThrow('has no <!-- postgres');
  });
});
