import type { CreateBatch } from '#contract/batch.ts';
import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#contract/preset.ts';
import { type PromptPart, promptParts } from '#domain/prompt/prompt-builder.ts';
import { personaOf } from '../avatars/persona-draft.ts';
import { chosenAttributes, type Draft, ownPrompt, SOURCE_OF } from './draft.ts';

/** The request body. Fields without a choice are left out, so that a preset or a reference can fill them. */
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

/** The request as a batch of `count` generations, each with its own seed. */
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
 * The seed to send. Undefined for variations, for which the API chooses one near the reference's. Restyling uses the reference's own
 * seed, which generates the same person in the new style.
 */
export function seedOf({ start, mode, reference, seed, seedLocked }: Draft): number | undefined {
  if (start !== 'reference' || mode === 'reference' || seedLocked) return seed;
  if (mode === 'variation') return undefined;
  return reference?.kind === 'avatar' ? (reference.seed ?? seed) : seed;
}

/** Whether the draft has everything a preview needs. */
export function isReady(draft: Draft): boolean {
  if (draft.start === 'text') return ownPrompt(draft) !== '';
  if (draft.start === 'preset') return draft.presetId !== '';
  return draft.reference !== null && (draft.mode !== 'style' || draft.style !== '');
}

/** The parts of the final prompt. The prompt of a reference image is missing: only the API has it. */
export function finalPromptParts(draft: Draft, preset: Preset | undefined, defaults?: ProjectDefaults): PromptPart[] {
  const own = ownPrompt(draft);
  const chosenPreset = draft.start === 'preset' ? preset : undefined;
  const shared = draft.projectDefaults ? defaults : undefined;
  const style = draft.style || shared?.style;
  return promptParts({
    prompt: own || chosenPreset?.prompt,
    style,
    attributes: { ...shared?.attributes, ...chosenPreset?.attributes, ...chosenAttributes(draft) },
    persona: { ...shared?.persona, ...chosenPreset?.personaTemplate, ...personaOf(draft.persona) },
    mode: draft.start === 'reference' ? draft.mode : 'text',
    quality: draft.quality,
    framed: chosenPreset !== undefined && own === '' && !style, // as the API does
  });
}
