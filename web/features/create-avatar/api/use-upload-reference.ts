import { useMutation } from '@tanstack/react-query';
import { readImageFile } from '#web/features/uploads/image-file.ts';
import { useHttp } from '#web/http/http-context.ts';

/** Uploads a reference image. It is stored for a day and costs no credits. @throws UnusableFile, RequestFailed */
export function useUploadReference() {
  const http = useHttp();
  return useMutation({
    mutationFn: async ({ file, key }: { file: File; key: string }) => {
      const { bytes, url } = await readImageFile(file);
      URL.revokeObjectURL(url);
      return http.upload('/uploads', { form: { image: bytes }, idempotencyKey: key });
    },
  });
}
