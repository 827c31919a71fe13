const PARAM = 'edit';

/** Which project the open dialog is about; null while none is open. */
export function editedIn(params: URLSearchParams): string | null {
  return params.get(PARAM);
}

/** @returns the address's query with that dialog open, or closed; the rest of it stays */
export function withEdited(params: URLSearchParams, projectId: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (projectId === null) next.delete(PARAM);
  else next.set(PARAM, projectId);
  return next;
}
