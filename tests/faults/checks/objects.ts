import { createHash } from 'node:crypto';
import { encodedFileSha256 } from './image-file.ts';
import { PROBE_OBJECT } from '../faults/disk-full.ts';
import type { Check, Evidence } from './check.ts';

interface DeliveredRow {
  readonly id: string;
  readonly image: string;
  readonly thumbnail: string;
  readonly sha256: string;
}

const CONCURRENCY = 16;

/** Charged, delivered and stored are the same set: each avatar has both files, and both have the bytes that were encoded. */
export const deliveredIsStored: Check = async (evidence) => {
  const { studio } = evidence;
  const rows = await studio.database.call<DeliveredRow>(
    'faults.delivered',
    'SELECT id, image_object AS image, thumbnail_object AS thumbnail, sha256 FROM avatars',
    [],
  );
  const charged = await studio.database.call<{ id: string }>(
    'faults.charged',
    `SELECT c.generation_id AS id FROM credit_transfers c LEFT JOIN avatars a ON a.generation_id = c.generation_id
       LEFT JOIN avatar_tombstones t ON t.generation_id = c.generation_id
     WHERE c.kind = 'capture' AND a.id IS NULL AND t.avatar_id IS NULL`,
    [],
  );
  const findings = charged.map(({ id }) => `generation ${id} was charged without an avatar`);
  for (let start = 0; start < rows.length; start += CONCURRENCY) {
    const chunk = rows.slice(start, start + CONCURRENCY);
    findings.push(...(await Promise.all(chunk.map((row) => checkFiles(evidence, row)))).flat());
  }
  return findings;
};

async function checkFiles({ studio }: Evidence, { id, image, thumbnail, sha256 }: DeliveredRow): Promise<string[]> {
  const [full, small] = await Promise.all(
    [image, thumbnail].map((name) => studio.store.read(name).catch(() => undefined)),
  );
  if (full === undefined) return [`avatar ${id} has no image`];
  if (small === undefined) return [`avatar ${id} has no thumbnail`];
  const found: string[] = [];
  if (encodedFileSha256(full) !== sha256) found.push(`the image of avatar ${id} has other bytes than were recorded`);
  // Image and thumbnail are stored below the hash of both.
  const both = createHash('sha256').update(full).update(small).digest('hex');
  if (!image.includes(both)) found.push(`image and thumbnail of avatar ${id} do not belong together`);
  return found;
}

/** The bucket contains the files of avatars, live reference images, and nothing else. */
export const noObjectIsOrphaned: Check = async ({ studio }) => {
  const owned = await studio.database.call<{ name: string }>(
    'faults.owned',
    `SELECT unnest(ARRAY[image_object, thumbnail_object]) AS name FROM avatars UNION ALL SELECT object FROM uploads`,
    [],
  );
  const names = new Set(owned.map(({ name }) => name));
  const objects = await studio.store.list('');
  return objects
    .filter(({ name }) => !names.has(name) && name !== PROBE_OBJECT)
    .map(({ name, sizeBytes }) => `${name} (${sizeBytes} bytes) belongs to nothing`);
};
