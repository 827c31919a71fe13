import { type Draft, nextDraft } from '../draft.ts';

/** Closing the dialog loses nothing: the draft of a place (a project, or an avatar to go on from) is kept while the page is open. */
const drafts = new Map<string, Draft>();

export function savedDraft(place: string): Draft | undefined {
  return drafts.get(place);
}

export function saveDraft(place: string, draft: Draft): void {
  drafts.set(place, draft);
}

/** After it was made: the same again, with another seed unless it is locked. */
export function saveNextDraft(place: string, draft: Draft): void {
  drafts.set(place, nextDraft(draft));
}
