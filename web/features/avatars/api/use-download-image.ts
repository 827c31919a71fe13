import { useMutation } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import { useHttp } from '#web/http/http-context.ts';
import { saveFile } from '#web/http/save-file.ts';

/** One image alone, into the downloads of the browser. */
export function useDownloadImage() {
  const http = useHttp();
  return useMutation({
    mutationFn: async ({ id, name }: Pick<Avatar, 'id' | 'name'>) =>
      saveFile(await http.getFile('/avatars/{id}/image', { path: { id } }), `${name}.webp`),
  });
}
