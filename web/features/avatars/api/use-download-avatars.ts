import { useMutation } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { saveFile } from '#web/http/save-file.ts';

/** A zip of images and persona sheets, into the downloads of the browser. */
export function useDownloadAvatars() {
  const http = useHttp();
  return useMutation({
    mutationFn: async (ids: readonly string[]) =>
      saveFile(await http.postForFile('/avatars/download', { body: { ids: [...ids] } }), 'avatars.zip'),
  });
}
