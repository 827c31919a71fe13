import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { randomId } from '#web/browser/random-id.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { withRetryAfter } from '#web/http/with-retry-after.ts';
import { keys } from '#web/query/keys.ts';
import type { BulkItem } from '../bulk-item.ts';
import { disagreement, readImageFile, UnusableFile } from '../image-file.ts';
import { centeredSquare } from '../square-crop.ts';
import { duplicateNote, showUploaded } from './use-upload-avatar.ts';

/** Refusals of one image. After any other failure the next image would fail, too. */
const OF_THE_IMAGE = new Set([
  'image_rejected',
  'unsupported_media',
  'payload_too_large',
  'validation_failed',
  'prompt_not_allowed',
]);

type ItemChange = Partial<BulkItem>;
export interface SendOptions {
  readonly signal: AbortSignal;
  /** Share sent, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** The requests of a bulk upload; each is repeated when the API says when. Aborted ones throw, failed ones say so in the item. */
export function useBulkRequests(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMemo(() => {
    /** Checks a file here and by the API, before anything is paid. */
    async function check({ file }: BulkItem, signal: AbortSignal): Promise<ItemChange> {
      try {
        const image = await readImageFile(file, centeredSquare);
        URL.revokeObjectURL(image.url);
        signal.throwIfAborted();
        const inspect = () => http.upload('/uploads/inspections', { form: { image: image.bytes }, signal });
        const understood = await withRetryAfter(inspect, signal);
        const fault = disagreement(image, understood);
        if (fault !== undefined) return { status: 'refused', note: fault };
        const { preview } = understood;
        return {
          status: 'ready',
          note: undefined,
          image: { bytes: image.bytes, crop: centeredSquare(image), preview },
        };
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof UnusableFile) return { status: 'refused', note: error.message };
        return { status: isOfTheImage(error) ? 'refused' : 'unchecked', note: messageOf(error) };
      }
    }

    /** Turns a checked image into an avatar; `goesOn` is false when no other image should be sent now. */
    async function send(item: BulkItem, { signal, onProgress }: SendOptions) {
      const { bytes, crop } = item.image!;
      try {
        const upload = () =>
          http.upload('/projects/{id}/avatars', {
            path: { id: projectId },
            form: { image: bytes, crop, name: item.name },
            idempotencyKey: item.idempotencyKey,
            signal,
            onProgress,
          });
        const answer = await withRetryAfter(upload, signal);
        await showUploaded(client, projectId, answer);
        const note = 'status' in answer ? undefined : duplicateNote(answer);
        return { goesOn: true, change: { status: 'uploaded', note } satisfies ItemChange };
      } catch (error) {
        signal.throwIfAborted();
        void client.invalidateQueries({ queryKey: keys.credits });
        const isFinal = error instanceof RequestFailed && !error.outcomeUnknown;
        const change: ItemChange = {
          status: isOfTheImage(error) ? 'refused' : 'ready',
          note: messageOf(error),
          ...(isFinal && { idempotencyKey: randomId() }),
        };
        return { goesOn: isOfTheImage(error), change };
      }
    }
    return { check, send };
  }, [http, client, projectId]);
}

function isOfTheImage(error: unknown): boolean {
  return error instanceof RequestFailed && OF_THE_IMAGE.has(error.code);
}
