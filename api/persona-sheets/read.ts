import { API_BASE } from '#contract/route.ts';
import type { PersonaSheet } from '#contract/persona-sheet.ts';
import { personaLines } from '#domain/persona/persona-sheet.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { AvatarDeps } from '../avatars/list.ts';

export function readPersonaSheet({ database, present }: AvatarDeps): Handler<'readPersonaSheet'> {
  return async ({ params, caller }) => {
    const row = await readAvatar(database, caller.accountId, params.id);
    if (!row) throw notFound();
    const { id, name, persona, attributes, imageUrl, thumbnailUrl, generation, updatedAt } = await present(row);
    const body: PersonaSheet = {
      avatarId: id,
      name,
      persona,
      attributes,
      lines: personaLines(row),
      imageUrl,
      thumbnailUrl,
      cardUrl: `${API_BASE}/avatars/${id}/card`,
      credit: generation.credit,
      updatedAt,
    };
    return { status: 200, body };
  };
}
