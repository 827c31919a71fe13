import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import { REFERENCE_MODES, type ReferenceMode } from '#domain/generation/mode.ts';
import { type Draft, draftFromGeneration, draftFromAvatar, newDraft } from './draft.ts';
import { savedDraft } from './saved-drafts.ts';

interface StartingPoint {
  readonly projectId: string;
  readonly from: Generation | undefined;
  readonly reference: Avatar | undefined;
  /** `mode`: how the reference is used; `preset`: the preset to start from. */
  readonly params: URLSearchParams;
  /** The defaults of a new draft. */
  readonly defaults: GenerationDefaults | undefined;
}

/** The draft the dialog opens with, and the key to save it under: one per project, and one per reference avatar and mode. */
export function startingDraft({ projectId, from, reference, params, defaults }: StartingPoint): {
  draftKey: string;
  draft: Draft;
} {
  if (reference) {
    const mode = modeIn(params);
    const draftKey = `${mode} of ${reference.id}`;
    return { draftKey, draft: savedDraft(draftKey) ?? draftFromAvatar(reference, mode, defaults) };
  }
  if (from) return { draftKey: projectId, draft: draftFromGeneration(from) };
  const saved = savedDraft(projectId) ?? newDraft(defaults);
  const presetId = params.get('preset');
  if (presetId === null || (saved.start === 'preset' && presetId === saved.presetId))
    return { draftKey: projectId, draft: saved };
  return { draftKey: projectId, draft: { ...saved, start: 'preset', presetId, presetPrompt: '', style: '' } };
}

function modeIn(params: URLSearchParams): ReferenceMode {
  return REFERENCE_MODES.find((mode) => mode === params.get('mode')) ?? 'variation';
}
