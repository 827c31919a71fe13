import { useMutation } from '@tanstack/react-query';
import type { Avatar } from '#contract/avatar.ts';
import { useHttp } from '#web/http/http-context.ts';
import { saveFile } from '#web/http/save-file.ts';

/** Downloads images and persona sheets of several avatars as one zip. */
export function useDownloadAvatars() {
  const http = useHttp();
  return useMutation({
    mutationFn: async (ids: readonly string[]) =>
      saveFile(await http.postForFile('/avatars/download', { body: { ids: [...ids] } }), 'avatars.zip'),
  });
}

/** Downloads the image of one avatar. */
export function useDownloadImage() {
  const http = useHttp();
  return useMutation({
    mutationFn: async ({ id, name }: Pick<Avatar, 'id' | 'name'>) =>
      saveFile(await http.getFile('/avatars/{id}/image', { path: { id } }), `${name}.webp`),
  });
}

/** Downloads the persona sheet of one avatar as an image. */
export function useDownloadPersonaCard(avatarId: string) {
  const http = useHttp();
  return useMutation({
    mutationFn: async () =>
      saveFile(await http.getFile('/avatars/{id}/card', { path: { id: avatarId } }), 'persona.jpg'),
  });
}
