import { useMutation } from '@tanstack/react-query';
import { readImageFile } from '#web/features/uploads/image-file.ts';
import { useHttp } from '#web/http/http-context.ts';

/** Object URLs of the images uploaded from this page. They don't run out, as the addresses from the API do. */
const localUrls = new Map<string, string>();

export function localUrlOf(uploadId: string): string | undefined {
  return localUrls.get(uploadId);
}

/** Uploads a reference image. It is stored for a day and costs no credits. @throws UnusableFile, RequestFailed */
export function useUploadReference() {
  const http = useHttp();
  return useMutation({
    mutationFn: async ({ file, key }: { file: File; key: string }) => {
      const { bytes, url } = await readImageFile(file);
      const upload = await http.upload('/uploads', { form: { image: bytes }, idempotencyKey: key });
      localUrls.set(upload.id, url);
      return upload;
    },
  });
}
