/** A dialog about a project has its address: `?edit=<id>` for its name, `?common=<id>` for what its avatars share. */
export type ProjectDialog = 'edit' | 'common';
const DIALOGS: readonly ProjectDialog[] = ['edit', 'common'];

/** Which project the open dialog is about; null while none is open. */
export function openProjectDialog(params: URLSearchParams, dialog: ProjectDialog = 'edit'): string | null {
  return params.get(dialog);
}

/** @returns the address's query with that dialog open, or with none; the rest of it stays */
export function withProjectDialog(
  params: URLSearchParams,
  projectId: string | null,
  dialog: ProjectDialog = 'edit',
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const open of DIALOGS) next.delete(open);
  if (projectId !== null) next.set(dialog, projectId);
  return next;
}
