import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';

/** The address of an avatar's page. It shows an avatar in the trash, too, and restores it. */
export function avatarPath({ projectId, id }: Pick<Avatar, 'projectId' | 'id'>): string {
  return `/projects/${projectId}/avatars/${id}`;
}

/** The address that shows a generation: its avatar or, without one, its project. Undefined: what there was is deleted. */
export function generationPath({ status, projectId, avatar }: Generation): string | undefined {
  if (avatar) return avatarPath(avatar);
  return status === 'completed' || projectId === null ? undefined : `/projects/${projectId}`;
}
