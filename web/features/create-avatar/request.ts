import type { CreateBatch } from '#contract/batch.ts';
import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#contract/preset.ts';
import { type PromptPart, promptParts } from '#domain/prompt/prompt-builder.ts';
import { personaOf } from '../avatars/persona-draft.ts';
import { chosenAttributes, type Draft, ownPrompt, SOURCE_OF } from './draft.ts';

/** The body of the POST. Left out is what was not chosen, so that a preset or an image can fill it. */
export function toRequest(draft: Draft): CreateGeneration {
  const prompt = ownPrompt(draft);
  const name = draft.name.trim();
  const attributes = chosenAttributes(draft);
  const persona = personaOf(draft.persona);
  const seed = seedOf(draft);
  return {
    sourceType: SOURCE_OF[draft.start],
    ...(prompt && { prompt }),
    ...(name && { name }),
    ...(draft.start === 'preset' && draft.presetId && { presetId: draft.presetId }),
    ...(draft.start === 'reference' && referenceOf(draft)),
    ...(draft.style && { style: draft.style }),
    ...(Object.keys(persona).length > 0 && { persona }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(!draft.projectDefaults && { projectDefaults: false }),
    options: {
      ...(seed !== undefined && { seed }),
      aspectRatio: draft.aspectRatio,
      quality: draft.quality,
      provider: draft.provider,
      ...(draft.optimizeFor !== 'quality' && { optimizeFor: draft.optimizeFor }),
    },
  };
}

/** The same for several at once, each with a seed of its own. */
export function toBatch(request: CreateGeneration, count: number): CreateBatch {
  return { request, vary: 'seed', count };
}

function referenceOf({ reference, mode, strength }: Draft): Partial<CreateGeneration> {
  return {
    ...(reference && {
      reference: reference.kind === 'avatar' ? { avatarId: reference.id } : { uploadId: reference.id },
    }),
    mode,
    ...(mode === 'variation' && { strength }),
  };
}

/**
 * The seed to be sent. Undefined for variations: each takes a neighbor of the image's. The same seed draws the same person in
 * another style.
 */
export function seedOf({ start, mode, reference, seed, seedLocked }: Draft): number | undefined {
  if (start !== 'reference' || mode === 'reference' || seedLocked) return seed;
  if (mode === 'variation') return undefined;
  return reference?.kind === 'avatar' ? (reference.seed ?? seed) : seed;
}

/** All that a provider needs to be asked is there. */
export function isReady(draft: Draft): boolean {
  if (draft.start === 'text') return ownPrompt(draft) !== '';
  if (draft.start === 'preset') return draft.presetId !== '';
  return draft.reference !== null && (draft.mode !== 'style' || draft.style !== '');
}

/** The prompt as it will be painted, piece by piece; what an image brings along only the API knows. */
export function finalPromptParts(draft: Draft, preset: Preset | undefined, defaults?: ProjectDefaults): PromptPart[] {
  const own = ownPrompt(draft);
  const from = draft.start === 'preset' ? preset : undefined;
  const shared = draft.projectDefaults ? defaults : undefined;
  const style = draft.style || shared?.style;
  return promptParts({
    prompt: own || from?.prompt,
    style,
    attributes: { ...shared?.attributes, ...from?.attributes, ...chosenAttributes(draft) },
    persona: { ...shared?.persona, ...from?.personaTemplate, ...personaOf(draft.persona) },
    mode: draft.start === 'reference' ? draft.mode : 'text',
    quality: draft.quality,
    framed: from !== undefined && own === '' && !style, // as the API does
  });
}
