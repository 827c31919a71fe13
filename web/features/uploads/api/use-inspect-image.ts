import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { inspectedUpload } from '#contract/upload.ts';
import { useHttp } from '#web/http/http-context.ts';

export type InspectedImage = z.infer<typeof inspectedUpload>;

/** Asks the API what it understands an image as, before anything is paid for it. Stores nothing. */
export function useInspectImage() {
  const http = useHttp();
  return useMutation({
    mutationFn: (image: Blob): Promise<InspectedImage> => http.upload('/uploads/inspections', { form: { image } }),
  });
}
