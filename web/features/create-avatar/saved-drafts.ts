import { tabStorage } from '#web/browser/storage.ts';
import { type Draft, newDraft, nextDraft } from './draft.ts';

const PREFIX = 'draft of ';

/**
 * Drafts by key, so that neither closing the dialog nor a reload loses anything: they last as long as the tab, or until the user signs
 * out. The key names a project, or a mode and a reference avatar.
 */
export function savedDraft(key: string): Draft | undefined {
  try {
    const stored: unknown = JSON.parse(tabStorage.getItem(PREFIX + key) ?? 'null');
    // An earlier release may have stored fewer fields.
    return typeof stored === 'object' && stored !== null ? { ...newDraft(), ...stored } : undefined;
  } catch {
    return undefined; // not written by this page
  }
}

export function saveDraft(key: string, draft: Draft): void {
  tabStorage.setItem(PREFIX + key, JSON.stringify(draft));
}

/** Called once a generation has started: stores the same draft with a new seed, unless the seed is locked. */
export function saveNextDraft(key: string, draft: Draft): void {
  saveDraft(key, nextDraft(draft));
}

/** The next user of this tab must not find them. */
export function forgetDrafts(): void {
  for (const key of tabStorage.keys()) if (key.startsWith(PREFIX)) tabStorage.removeItem(key);
}
