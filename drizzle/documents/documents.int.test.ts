import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { changeAccount } from '#drizzle/queries/accounts/accounts.ts';
import { recordImageCheck } from '#drizzle/queries/admin/moderation.ts';
import { addPreset, changePreset } from '#drizzle/queries/avatars/presets.ts';
import { updateProject } from '#drizzle/queries/avatars/projects.ts';
import { insertBatch, listMembers } from '#drizzle/queries/generations/batches.ts';
import type { NewGeneration } from '#drizzle/queries/generations/generations.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, aGenerationRequest, anAvatar, newTenant } from '#tests/support/database/world.ts';
import { DocumentFromNewerRelease, newestVersion, readDocument, type Upcaster } from './document-kind.ts';
import { DOCUMENTS } from './documents.ts';
import { COLUMNS, type DocumentColumn, type World } from './testing/document-columns.ts';
import { type AnyKind, KINDS, storedDocuments } from './testing/stored-versions.ts';

const fixture = useDatabase();

const RECIPE = {
  mode: 'text',
  strength: null,
  reference: null,
  presetId: null,
  aspectRatio: '1:1',
  size: 1024,
  quality: 'standard',
  finish: 'plain',
} as const;

/** Writes each document with the code of the application. */
async function newWorld({ kind }: { readonly kind: AnyKind }, request: Partial<NewGeneration> = {}): Promise<World> {
  const { database } = fixture;
  const { account, projectId } = await newTenant(database);
  await changeAccount(database, account.id, { defaults: { count: 4 } });
  await updateProject(database, account.id, projectId, { defaults: { style: 'noir' } });
  const { id: generationId } = await admitted(database, { account, projectId }, request);
  // Only an avatar in review is in the moderation queue, and only another one can be a reference.
  const outcome = kind === DOCUMENTS.scores ? 'review' : 'pass';
  await recordImageCheck(database, { generationId, outcome, scores: { neutral: 1 } });
  const avatar = anAvatar(account.id, { recipe: RECIPE });
  await record(database, generationId, avatar);
  const preset = {
    id: randomUUID(),
    category: 'Mine',
    name: 'Bard',
    prompt: 'a bard',
    personaTemplate: { name: 'Perrin' },
    attributes: { gender: 'man' },
    avatarId: null,
    requestHash: 'c'.repeat(64),
  } as const;
  await addPreset(database, account.id, preset);
  return { database, accountId: account.id, projectId, generationId, avatarId: avatar.id, presetId: preset.id };
}

async function storedIn({ column, row }: DocumentColumn, world: World): Promise<unknown> {
  const [table, name] = column.split('.');
  const text = `SELECT ${name} AS document FROM ${table} WHERE ${row(world)}`;
  const { rows } = await fixture.owner.query<{ document: unknown }>(text);
  return rows[0]?.document;
}

async function store({ column, row }: DocumentColumn, world: World, document: unknown): Promise<void> {
  const [table, name] = column.split('.');
  const text = `UPDATE ${table} SET ${name} = $1 WHERE ${row(world)}`;
  await fixture.owner.query(text, [JSON.stringify(document)]);
}

/** Every query must return the same. */
async function readOnce(column: DocumentColumn, world: World): Promise<unknown> {
  const values = await column.read(world);
  for (const value of values) expect(value).toEqual(values[0]);
  return values[0];
}

describe('the queries of the API', () => {
  it.each(COLUMNS)('read each stored version of $column', async (column) => {
    const world = await newWorld(column);
    for (let version = 1; version <= newestVersion(column.kind); version += 1) {
      for (const stored of storedDocuments(column.kind, version)) {
        await store(column, world, stored);
        expect(await readOnce(column, world)).toEqual(readDocument<unknown>(column.kind, stored));
      }
    }
  });
});

describe('after one more version of every kind', () => {
  const upcastersOf = (kind: AnyKind) => kind.upcasters as unknown as Upcaster[];
  /** The next version is an object: a list moves into one. */
  const next = (value: object) => (Array.isArray(value) ? { list: value as unknown[] } : value) as never;
  const REQUEST = { plan: next([]), choice: next([]) };

  beforeAll(async () => {
    // As the migration of such a version would widen them.
    const { rows } = await fixture.owner.query<{ drop: string }>(
      `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop
       FROM pg_constraint WHERE conname LIKE '%\\_shape'`,
    );
    for (const { drop } of rows) await fixture.owner.query(drop);
    for (const kind of KINDS) upcastersOf(kind).push(next);
  });

  afterAll(() => {
    for (const kind of KINDS) upcastersOf(kind).pop();
  });

  it.each(COLUMNS)('the version is written into $column and removed by reading', async (column) => {
    const world = await newWorld(column, REQUEST);
    const { v, ...value } = (await storedIn(column, world)) as { v?: number };
    expect(v).toBe(newestVersion(column.kind));
    expect(await readOnce(column, world)).toEqual(value);
  });

  it.each(COLUMNS)('$column is still read in the version before', async (column) => {
    const world = await newWorld(column, REQUEST);
    for (const stored of storedDocuments(column.kind, newestVersion(column.kind) - 1)) {
      await store(column, world, stored);
      expect(await readOnce(column, world)).toEqual(readDocument<unknown>(column.kind, stored));
    }
  });

  it('the members of a batch are written and read in it', async () => {
    const tenant = await newTenant(fixture.database);
    const member = aGenerationRequest(tenant, { ...REQUEST, request: { prompt: 'a bard' } });
    const batch = { ...member, id: randomUUID(), members: [member] };
    const written = await insertBatch(fixture.database, batch);
    const value = { request: { prompt: 'a bard' }, plan: { list: [] }, choice: { list: [] } };
    expect(written).toMatchObject({ members: [value] });
    expect(await listMembers(fixture.database, batch.id)).toMatchObject([value]);
    const text = 'SELECT request, plan, choice FROM avatar_generations WHERE id = $1';
    const { rows } = await fixture.owner.query(text, [member.id]);
    expect(rows).toEqual([
      {
        request: { ...value.request, v: newestVersion(DOCUMENTS.request) },
        plan: { ...value.plan, v: newestVersion(DOCUMENTS.plan) },
        choice: { ...value.choice, v: newestVersion(DOCUMENTS.choice) },
      },
    ]);
  });

  it('a changed document is stored in it', async () => {
    const preset = COLUMNS.find(({ column }) => column === 'avatar_presets.persona_template')!;
    const world = await newWorld(preset, REQUEST);
    await store(preset, world, { name: 'Perrin' });
    const change = { personaTemplate: { name: 'Ysolde' } };
    await changePreset(world.database, world.accountId, world.presetId, change);
    expect(await storedIn(preset, world)).toEqual({ v: newestVersion(preset.kind), name: 'Ysolde' });
  });

  it.each(COLUMNS)('$column refuses a document of a newer release', async (column) => {
    const world = await newWorld(column, REQUEST);
    const document = await storedIn(column, world);
    await store(column, world, { v: newestVersion(column.kind) + 1 });
    await expect(column.read(world)).rejects.toThrow(DocumentFromNewerRelease);
    await store(column, world, document);
  });
});
