import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import { REFERENCE_MODES, type ReferenceMode } from '#domain/generation/mode.ts';
import { type Draft, draftFromGeneration, draftFromAvatar, newDraft } from './draft.ts';
import { savedDraft } from './hooks/saved-drafts.ts';

interface StartingPoint {
  readonly projectId: string;
  readonly from: Generation | undefined;
  readonly reference: Avatar | undefined;
  /** `mode`: what to do with the avatar; `preset`: the one to begin with. */
  readonly params: URLSearchParams;
  /** What a draft begins with that nobody has touched. */
  readonly defaults: GenerationDefaults | undefined;
}

/** What the dialog opens with, and where its draft is kept: each avatar to go on from has a place of its own. */
export function startingDraft({ projectId, from, reference, params, defaults }: StartingPoint): {
  place: string;
  draft: Draft;
} {
  if (reference) {
    const mode = modeIn(params);
    const place = `${mode} of ${reference.id}`;
    return { place, draft: savedDraft(place) ?? draftFromAvatar(reference, mode, defaults) };
  }
  if (from) return { place: projectId, draft: draftFromGeneration(from) };
  const kept = savedDraft(projectId) ?? newDraft(defaults);
  const presetId = params.get('preset');
  if (presetId === null || (kept.start === 'preset' && presetId === kept.presetId))
    return { place: projectId, draft: kept };
  return { place: projectId, draft: { ...kept, start: 'preset', presetId, presetPrompt: '', style: '' } };
}

function modeIn(params: URLSearchParams): ReferenceMode {
  return REFERENCE_MODES.find((mode) => mode === params.get('mode')) ?? 'variation';
}
