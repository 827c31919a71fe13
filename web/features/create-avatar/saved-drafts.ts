import { type Draft, nextDraft } from './draft.ts';

/** Drafts by key, so that closing the dialog loses nothing while the page is open. The key names a project, or a mode and a reference avatar. */
const drafts = new Map<string, Draft>();

export function savedDraft(key: string): Draft | undefined {
  return drafts.get(key);
}

export function saveDraft(key: string, draft: Draft): void {
  drafts.set(key, draft);
}

/** Called once a generation has started: stores the same draft with a new seed, unless the seed is locked. */
export function saveNextDraft(key: string, draft: Draft): void {
  drafts.set(key, nextDraft(draft));
}
