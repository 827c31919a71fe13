import { useMutation } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';

/** Keeps an image for a day, to begin with; free. */
export function useUploadReference() {
  const http = useHttp();
  return useMutation({
    mutationFn: ({ file, key }: { file: File; key: string }) =>
      http.upload('/uploads', { form: { image: file }, idempotencyKey: key }),
  });
}
