import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { upload } from '../../../../contract/upload.ts';
import { useHttp } from '../../../http/http-context.ts';

/** Keeps a picture for a day, to begin with; free. */
export function useUploadReference() {
  const http = useHttp();
  return useMutation({
    mutationFn: ({ file, key }: { file: File; key: string }) => {
      const form = new FormData();
      form.set('image', file);
      return http.post<z.infer<typeof upload>>('/uploads', form, key);
    },
  });
}
