import { type Draft, newDraft, nextDraft } from '../draft.ts';

/** Closing the dialog loses nothing: a project's draft is kept while the page is open. */
const drafts = new Map<string, Draft>();

export function keptDraft(projectId: string): Draft {
  return drafts.get(projectId) ?? newDraft();
}

export function keepDraft(projectId: string, draft: Draft): void {
  drafts.set(projectId, draft);
}

/** After it was made: the same again, with another seed unless it is locked. */
export function keepNextDraft(projectId: string, draft: Draft): void {
  drafts.set(projectId, nextDraft(draft));
}
