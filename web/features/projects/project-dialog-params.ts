/** The open dialog of a project is in the URL: `?edit=<id>` for its name, `?defaults=<id>` for its defaults. */
export type ProjectDialog = 'edit' | 'defaults';
const DIALOGS: readonly ProjectDialog[] = ['edit', 'defaults'];

/** @returns the id of the project whose dialog is open; null when it is closed */
export function openProjectDialog(params: URLSearchParams, dialog: ProjectDialog = 'edit'): string | null {
  return params.get(dialog);
}

/** @returns the URL parameters with that dialog open, or closed for a null id; other parameters stay */
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
