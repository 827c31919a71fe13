import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Avatar } from '#contract/avatar.ts';
import { downloadSuffix } from '#domain/avatar/image-download.ts';
import { useHttp } from '#web/http/http-context.ts';
import { messageOf, RequestFailed } from '#web/http/request-failed.ts';
import { saveFile } from '#web/http/save-file.ts';
import type { DownloadChoice } from '../download-choices.ts';
import { chooseDownload, useDownloadChoice } from '../hooks/use-download-choice.ts';

/** Downloads images and persona sheets of several avatars as one zip. */
export function useDownloadAvatars() {
  const http = useHttp();
  return useMutation({
    mutationFn: async (ids: readonly string[]) =>
      saveFile(await http.postForFile('/avatars/download', { body: { ids: [...ids] } }), 'avatars.zip'),
  });
}

/** Downloads the image of one avatar, as chosen or else as the last one. What was chosen is remembered once it has worked. */
export function useDownloadImage() {
  const http = useHttp();
  const last = useDownloadChoice();
  const { mutate, isPending } = useMutation({
    mutationFn: async ({ id, name, choice }: Pick<Avatar, 'id' | 'name'> & { choice: DownloadChoice }) => {
      const file = await http.getFile('/avatars/{id}/image', { path: { id }, query: choice.download });
      saveFile(file, `${name}${downloadSuffix(choice.download)}`);
      chooseDownload(choice);
    },
    onError: (error) => void toast.error(failureOf(error)),
  });
  return {
    download: ({ id, name }: Pick<Avatar, 'id' | 'name'>, choice = last) => mutate({ id, name, choice }),
    downloading: isPending,
  };
}

/** One sentence. */
function failureOf(error: unknown): string {
  const isGone = error instanceof RequestFailed && error.code === 'not_found';
  return isGone ? 'This image no longer exists, so it can’t be downloaded.' : messageOf(error);
}

/** Downloads the persona sheet of one avatar as an image. */
export function useDownloadPersonaCard(avatarId: string) {
  const http = useHttp();
  return useMutation({
    mutationFn: async () =>
      saveFile(await http.getFile('/avatars/{id}/card', { path: { id: avatarId } }), 'persona.jpg'),
  });
}
