import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { uploadedAvatar } from '#contract/upload.ts';
import type { ImageCrop } from '#domain/generation/image-shape.ts';
import type { ReplyOf } from '#web/http/api-types.ts';
import { useHttp } from '#web/http/http-context.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { writeGeneration } from '#web/live/write-to-cache.ts';
import { keys } from '#web/query/keys.ts';

export type UploadedAvatar = z.infer<typeof uploadedAvatar>;

export type UploadReply = ReplyOf<'/projects/{id}/avatars', 'post'>;

/** Writes what an upload became into the cache: its card, or the lists with its avatar. */
export function showUploaded(client: QueryClient, projectId: string, answer: UploadReply): Promise<unknown> {
  if ('status' in answer) writeGeneration(client, answer, Date.now());
  const lists = [keys.avatars(projectId), keys.project(projectId), keys.projects];
  return Promise.all(lists.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Whether the account has the image already; undefined if not. */
export function duplicateNote({ duplicates: [first] }: Pick<UploadedAvatar, 'duplicates'>): string | undefined {
  return first && (first.match === 'exact' ? 'You already have this image.' : 'You already have a similar image.');
}

export interface ImageToUpload {
  readonly image: Blob;
  readonly crop: ImageCrop;
  readonly name: string;
  /** The same for the same image, crop, and name, so that sending twice is charged once. */
  readonly intent: string;
}

/** Uploads an image; `progress` runs from 0 to 1. The result is the avatar, or its generation if processing takes longer. */
export function useUploadAvatar(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  const [progress, setProgress] = useState(0);
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());
  const abortController = useRef(new AbortController());
  const upload = useMutation({
    retry: false, // the user can press the button again
    mutationFn: ({ image, crop, name, intent }: ImageToUpload) => {
      const { signal } = (abortController.current = new AbortController());
      setProgress(0);
      return http.upload('/projects/{id}/avatars', {
        path: { id: projectId },
        form: { image, crop, name: name || undefined },
        idempotencyKey: idempotencyKeys.keyFor(intent),
        signal,
        onProgress: setProgress,
      });
    },
    onSuccess: (answer) => {
      idempotencyKeys.settled();
      return showUploaded(client, projectId, answer);
    },
    onError: (error) => {
      if (error instanceof RequestFailed && !error.outcomeUnknown) idempotencyKeys.settled();
      if (error instanceof RequestFailed && error.code === 'insufficient_credits') {
        void client.invalidateQueries({ queryKey: keys.credits });
      }
    },
  });
  return { upload, progress, abort: () => abortController.current.abort() };
}
