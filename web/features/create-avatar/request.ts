import type { CreateBatch } from '#contract/batch.ts';
import { type CreateGeneration, createGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#contract/preset.ts';
import { modeOf, resolveRequest } from '#domain/generation/resolve-request.ts';
import { seedSourceOf } from '#domain/generation/seed.ts';
import { type PromptPart, promptParts } from '#domain/prompt/prompt-builder.ts';
import { DEFAULT_OPTIMIZE_FOR } from '#domain/provider/provider.ts';
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
      ...(draft.optimizeFor !== DEFAULT_OPTIMIZE_FOR && { optimizeFor: draft.optimizeFor }),
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
 * seed; it is sent, so that the images of a batch continue from it.
 */
export function seedOf({ start, mode, reference, seed, seedLocked }: Draft): number | undefined {
  const referenceSeed = reference?.kind === 'avatar' ? reference.source.seed : null;
  const source = seedSourceOf(modeOf({ sourceType: SOURCE_OF[start], mode }), referenceSeed);
  if (source === 'random' || seedLocked) return seed;
  return source === 'reference' ? (referenceSeed ?? seed) : undefined;
}

/** Whether the draft has everything a preview needs: the contract's rule. */
export function isReady(draft: Draft): boolean {
  return createGeneration.safeParse(toRequest(draft)).success;
}

/** The parts of the final prompt, by the API's rules. The prompt of a reference avatar is missing: only the API has it. */
export function finalPromptParts(draft: Draft, preset: Preset | undefined, defaults?: ProjectDefaults): PromptPart[] {
  const { reference } = draft;
  const { promptRequest } = resolveRequest(toRequest(draft), {
    preset: draft.start === 'preset' ? preset : undefined,
    reference: draft.start === 'reference' && reference?.kind === 'avatar' ? reference.source : undefined,
    defaults,
  });
  return promptParts(promptRequest);
}
