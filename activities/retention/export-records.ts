import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ExportedKind } from '#domain/configuration/retention.ts';
import { exportObject } from '#domain/generation/object-name.ts';
import type { ExpiredRecord } from '#drizzle/queries/retention/expired-records.ts';
import type { ImageStore } from '../storage/port.ts';

/** An export did not read back as it was written; its records stay in the database. */
class ExportIncomplete extends Error {
  override readonly name = 'ExportIncomplete';
}

/**
 * Writes records of one account and month to the bucket as gzipped NDJSON, one row of the table each, and reads them back.
 *
 * @returns the object's name
 * @throws ExportIncomplete; StorageFailure
 */
export async function exportRecords(
  store: ImageStore,
  kind: ExportedKind,
  records: readonly [ExpiredRecord, ...ExpiredRecord[]],
): Promise<string> {
  const text = records.map(({ record }) => `${JSON.stringify(record)}\n`).join('');
  const digest = createHash('sha256').update(text).digest('hex');
  const name = exportObject({ ...records[0], kind }, digest);
  const bytes = await promisify(gzip)(text);
  await store.write(name, bytes, { contentType: 'application/gzip', immutable: false });
  const ids = await readExportedIds(store, name);
  const isComplete = ids.length === records.length && records.every(({ id }, index) => ids[index] === id);
  if (!isComplete) throw new ExportIncomplete(`${name} has ${ids.length} of ${records.length} records`);
  return name;
}

async function readExportedIds(store: ImageStore, name: string): Promise<string[]> {
  const text = (await promisify(gunzip)(await store.read(name))).toString('utf8');
  const rows = text.split('\n').filter((row) => row !== '');
  return rows.map((row) => (JSON.parse(row) as { id: string }).id);
}
