import type { ImageStore } from '#activities/storage/port.ts';
import { writeObject } from '#activities/storage/write-object.ts';
import type { UploadReference } from '#contract/upload.ts';
import { uploadObject } from '#domain/generation/object-name.ts';
import { REFERENCE_LIFETIME_MS, REFERENCES_MAX } from '#domain/generation/upload.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { findUpload, insertUpload, type InsertUploadOutcome } from '#drizzle/queries/objects/uploads.ts';
import type { Handler } from '../handler.ts';
import { idFor } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { ApiProblem } from '../problem.ts';
import { hashInTurns } from './digest.ts';
import type { ReadImage } from './read-image.ts';

const ROUTE = 'POST /uploads';
const REPLAYED = { 'Idempotent-Replayed': 'true' };

export interface CreateUploadDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly readImage: ReadImage;
}

/**
 * Stores a reference image for a day. What is known already, or has no room, is answered before the image is decoded. The row is
 * written before the bytes, so that a crash leaves no object without a row.
 */
export function createUpload({ database, store, readImage }: CreateUploadDeps): Handler<'createUpload'> {
  return async ({ body: { crop }, file, caller: { accountId }, idempotencyKey }) => {
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const object = uploadObject(accountId, id);
    const known = await findUpload(database, { id, accountId }, { limit: REFERENCES_MAX });
    // For an image that is new, while another process decodes it.
    const hashing = digestOf(file, crop);
    if (known) assertUsable(known, await hashing);
    // A first request may have written only the row.
    if (known?.kind === 'exists' && (await store.exists(object))) {
      return { ...(await replyOf(store, { id, object }, known.expiresAt)), headers: REPLAYED };
    }

    const [sha256, image] = await Promise.all([
      hashing,
      readImage(accountId, (decoder) => decoder.sanitize(file, 'reference', crop)),
    ]);
    const { mimeType, widthPx, heightPx, bytes } = image;
    return withIdInFailure({ uploadId: id }, async () => {
      const upload = { id, accountId, object, mimeType, widthPx, heightPx, sizeBytes: bytes.length, sha256 };
      const outcome = await insertUpload(database, upload, {
        lifetimeMs: REFERENCE_LIFETIME_MS,
        limit: REFERENCES_MAX,
      });
      assertUsable(outcome, sha256);
      await writeObject({ database, store }, { name: object, kind: 'upload', accountId, generationId: null, bytes });
      const reply = await replyOf(store, { id, object }, outcome.expiresAt);
      return { ...reply, headers: outcome.kind === 'exists' ? REPLAYED : {} };
    });
  };
}

/** Of the file and the part of it, so that another part under the same key is another request. */
async function digestOf(file: Buffer, crop: UploadReference['crop']): Promise<string> {
  const hash = await hashInTurns(file);
  if (crop) hash.update(`${crop.x} ${crop.y} ${crop.width} ${crop.height}`);
  return hash.digest('hex');
}

/** @throws ApiProblem rate_limited, idempotency_mismatch, conflict */
function assertUsable(outcome: InsertUploadOutcome, sha256: string): void {
  if (outcome.kind === 'full') throw tooManyUploads(outcome.expiresAt);
  if (outcome.kind === 'stored') return;
  if (outcome.sha256 !== sha256) throw new ApiProblem('idempotency_mismatch');
  if (outcome.expiresAt <= new Date()) throw new ApiProblem('conflict', { detail: 'This upload has expired' });
}

async function replyOf(
  store: ImageStore,
  { id, object }: { readonly id: string; readonly object: string },
  expiresAt: Date,
) {
  const body = { id, url: await store.signedUrl(object), expiresAt: expiresAt.toISOString() };
  return { status: 201 as const, body };
}

function tooManyUploads(nextExpiry: Date): ApiProblem {
  return new ApiProblem('rate_limited', {
    detail: `An account can have ${REFERENCES_MAX} reference images at a time; they expire after a day`,
    retryAfterSeconds: Math.max(1, Math.ceil((nextExpiry.getTime() - Date.now()) / 1000)),
  });
}
