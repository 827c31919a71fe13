import { useMutation } from '@tanstack/react-query';
import { useHttp } from '../../../http/http-context.ts';
import { saveFile } from '../../../http/save-file.ts';

/** The persona sheet as a picture, into the downloads of the browser. */
export function usePersonaCard(avatarId: string) {
  const http = useHttp();
  return useMutation({
    mutationFn: async () =>
      saveFile(await http.getFile('/avatars/{id}/card', { path: { id: avatarId } }), 'persona.jpg'),
  });
}
