import { createHash } from 'node:crypto';
import type { ImageStore } from '#activities/storage/port.ts';
import { writeObject } from '#activities/storage/write-object.ts';
import { uploadObject } from '#domain/generation/object-name.ts';
import { REFERENCE_LIFETIME_MS, REFERENCES_MAX } from '#domain/generation/upload.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { insertUpload } from '#drizzle/queries/objects/uploads.ts';
import type { Handler } from '../handler.ts';
import { idFor } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { ApiProblem } from '../problem.ts';
import type { ReadImage } from './read-image.ts';

const ROUTE = 'POST /uploads';

export interface CreateUploadDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly readImage: ReadImage;
}

/** Stores a reference image for a day. The row is written before the bytes, so that a crash leaves no object without a row. */
export function createUpload({ database, store, readImage }: CreateUploadDeps): Handler<'createUpload'> {
  return async ({ file, caller, idempotencyKey }) => {
    const id = idFor(caller.accountId, ROUTE, idempotencyKey);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const image = await readImage(file, 'reference');
    const { mimeType, widthPx, heightPx, bytes } = image;
    return withIdInFailure({ uploadId: id }, async () => {
      const object = uploadObject(caller.accountId, id);
      const upload = { id, accountId: caller.accountId, object, mimeType, widthPx, heightPx, sizeBytes: bytes.length };
      const outcome = await insertUpload(
        database,
        { ...upload, sha256 },
        { lifetimeMs: REFERENCE_LIFETIME_MS, limit: REFERENCES_MAX },
      );
      if (outcome.kind === 'full') throw tooManyUploads(outcome.expiresAt);
      if (outcome.kind === 'exists') {
        if (outcome.sha256 !== sha256) throw new ApiProblem('idempotency_mismatch');
        if (outcome.expiresAt <= new Date()) throw new ApiProblem('conflict', { detail: 'This upload has expired' });
      }
      // Also for a replay: the first request may have written only the row.
      const { accountId } = caller;
      await writeObject({ database, store }, { name: object, kind: 'upload', accountId, generationId: null, bytes });
      const body = { id, url: await store.signedUrl(object), expiresAt: outcome.expiresAt.toISOString() };
      return { status: 201, body, headers: outcome.kind === 'exists' ? { 'Idempotent-Replayed': 'true' } : {} };
    });
  };
}

function tooManyUploads(nextExpiry: Date): ApiProblem {
  return new ApiProblem('rate_limited', {
    detail: `An account can have ${REFERENCES_MAX} reference images at a time; they expire after a day`,
    retryAfterSeconds: Math.max(1, Math.ceil((nextExpiry.getTime() - Date.now()) / 1000)),
  });
}
