import { useMutation } from '@tanstack/react-query';
import { useHttp } from '#web/http/http-context.ts';
import { saveFile } from '#web/http/save-file.ts';

/** The persona sheet as an image, into the downloads of the browser. */
export function usePersonaCard(avatarId: string) {
  const http = useHttp();
  return useMutation({
    mutationFn: async () =>
      saveFile(await http.getFile('/avatars/{id}/card', { path: { id: avatarId } }), 'persona.jpg'),
  });
}
