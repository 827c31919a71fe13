import { useMutation } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';

/** Uploads a reference image. It is stored for a day and costs no credits. */
export function useUploadReference() {
  const http = useHttp();
  return useMutation({
    mutationFn: ({ file, key }: { file: File; key: string }) =>
      http.upload('/uploads', { form: { image: file }, idempotencyKey: key }),
  });
}
