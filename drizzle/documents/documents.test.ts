import { globSync, readFileSync } from 'node:fs';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { type DocumentKind, newestVersion, readDocument, writeDocument } from './document-kind.ts';
import { DOCUMENTS } from './documents.ts';
import { type AnyKind, KINDS, storedDocuments, VERSION_FILES } from './testing/stored-versions.ts';

const ROOT = new URL('../../', import.meta.url);

const versionsOf = (kind: AnyKind) => Array.from({ length: newestVersion(kind) }, (_, index) => index + 1);
const VERSIONS = KINDS.flatMap((kind) =>
  versionsOf(kind).map((version) => ({ file: `${kind.name}.v${version}.json`, kind, version })),
);

describe('stored documents', () => {
  it('have a file for each version of each kind, and no other', () => {
    expect(VERSION_FILES.toSorted()).toEqual(VERSIONS.map(({ file }) => file).toSorted());
  });

  it.each(VERSIONS)('in $file are of the newest shape once read', ({ kind, version }) => {
    const { schema }: DocumentKind<unknown> = kind;
    for (const stored of storedDocuments(kind, version)) {
      const value = readDocument<unknown>(kind, stored);
      expect(schema.parse(value)).toEqual(value);
      expect(readDocument<unknown>(kind, writeDocument<unknown>(kind, value))).toEqual(value);
    }
  });

  it.each(VERSIONS)('in $file say so, from version 2 on', ({ kind, version }) => {
    for (const stored of storedDocuments(kind, version)) {
      expect((stored as { v?: number }).v).toBe(version === 1 ? undefined : version);
    }
  });
});

/** Documents of others, or records of what was said: stored and shown as they came, and read by no code. */
const WITHOUT_KIND = ['admin_audit.body', 'admin_audit_outcomes.result', 'avatar_usage_history.metadata'];

describe('a JSON column', () => {
  it('has a kind of document, unless its content is not ours', async () => {
    const modules = await Promise.all(
      globSync('drizzle/schema/*.ts', { cwd: ROOT }).map(
        (file) => import(new URL(file, ROOT).href) as Promise<Record<string, unknown>>,
      ),
    );
    const tables = modules.flatMap((module) => Object.values(module)).filter((value) => is(value, PgTable));
    const plain = tables.flatMap((table) =>
      Object.values(getTableColumns(table))
        .filter(({ columnType }) => columnType === 'PgJsonb')
        .map(({ name }) => `${getTableName(table)}.${name}`),
    );
    expect(plain.toSorted()).toEqual(WITHOUT_KIND);
  });
});

/** The columns whose fields SQL may read. */
const COLUMNS: Readonly<Record<string, AnyKind>> = {
  request: DOCUMENTS.request,
  plan: DOCUMENTS.plan,
  choice: DOCUMENTS.choice,
  persona: DOCUMENTS.persona,
  persona_template: DOCUMENTS.persona,
  personaTemplate: DOCUMENTS.persona,
  attributes: DOCUMENTS.attributes,
  recipe: DOCUMENTS.recipe,
  scores: DOCUMENTS.scores,
};
const FIELD_IN_SQL = new RegExp(String.raw`\b(${Object.keys(COLUMNS).join('|')})\}?((?:->>?(?:'\w+'|\d+))+)`, 'g');

describe('a field that SQL reads', () => {
  const texts = globSync('drizzle/{functions,queries,ledger,schema}/**/*.{sql,ts}', { cwd: ROOT })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, ROOT), 'utf8'));
  const fields = new Set(
    texts.flatMap((text) => [...text.matchAll(FIELD_IN_SQL)].map(([, column, path]) => `${column} ${path}`)),
  );

  it('is found in functions, queries and generated columns', () => {
    expect(fields).toContain(`request ->>'presetId'`);
    expect(fields).toContain(`attributes ->>'gender'`);
    expect(fields).toContain(`plan ->0->>'provider'`);
    expect(fields).toContain(`persona ->>'background'`);
  });

  it.each([...fields])('is at the same path in every version: %s', (field) => {
    const [column = '', path = ''] = field.split(' ');
    const keys = [...path.matchAll(/\w+/g)].map(([key]) => key);
    const kind = COLUMNS[column]!;
    for (const version of versionsOf(kind)) {
      const values = storedDocuments(kind, version).map((stored) =>
        keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], stored),
      );
      expect(values.some((value) => value !== undefined)).toBe(true);
    }
  });
});
