import type { CreateGeneration, Generation } from '../../../contract/generation.ts';
import type { Preset } from '../../../contract/preset.ts';
import { avatarName } from '../../../domain/avatar-name.ts';
import type { VisualAttributes } from '../../../domain/attributes.ts';
import type { AspectRatio } from '../../../domain/image.ts';
import { SEED_MAX } from '../../../domain/image.ts';
import { type PromptPart, promptParts } from '../../../domain/prompt-builder.ts';
import type { ProviderChoice, Quality } from '../../../domain/provider.ts';
import type { Style } from '../../../domain/style.ts';
import type { AttributeName } from './attribute-choices.ts';

/** What the make dialog holds, as its controls know it: empty texts where nothing is chosen. */
export interface Draft {
  start: 'text' | 'preset';
  prompt: string;
  presetId: string;
  /** Words in place of the preset's own; apart from `prompt`, so that going to and fro mixes nothing up. */
  presetPrompt: string;
  name: string;
  style: Style | '';
  attributes: { [Name in AttributeName]?: string | undefined };
  aspectRatio: AspectRatio;
  quality: Quality;
  provider: ProviderChoice;
  seed: number;
  /** The seed stays for the next one; otherwise each gets a new one. */
  seedLocked: boolean;
}

export function newDraft(): Draft {
  return {
    start: 'text',
    prompt: '',
    presetId: '',
    presetPrompt: '',
    name: '',
    style: '',
    attributes: {},
    aspectRatio: '1:1',
    quality: 'standard',
    provider: 'auto',
    seed: rollSeed(),
    seedLocked: false,
  };
}

/** A whole number from 0 to SEED_MAX, chosen here so that people see it before they pay. */
export function rollSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? SEED_MAX;
}

/** The draft for the next one: all stays as it is, so that people can vary what they made. */
export function nextDraft(draft: Draft): Draft {
  return draft.seedLocked ? draft : { ...draft, seed: rollSeed() };
}

/** "Edit and retry": the request as it was, ready to be changed. */
export function draftFrom(generation: Generation): Draft {
  const { request } = generation;
  const { style: _style, ...attributes } = request.attributes ?? {};
  const options = request.options ?? {};
  const words = request.prompt ?? '';
  const fresh = newDraft();
  return {
    ...fresh,
    start: request.presetId ? 'preset' : 'text',
    prompt: words,
    presetId: request.presetId ?? '',
    presetPrompt: words,
    name: generation.name === avatarName({ ...request, name: undefined }) ? '' : generation.name,
    style: request.style ?? '',
    attributes,
    aspectRatio: options.aspectRatio ?? fresh.aspectRatio,
    quality: options.quality ?? fresh.quality,
    provider: options.provider ?? fresh.provider,
    seed: generation.seed ?? fresh.seed,
  };
}

/** The body of the POST. Left out is what was not chosen, so that a preset can fill it. */
export function toRequest(draft: Draft): CreateGeneration {
  const prompt = ownWords(draft);
  const name = draft.name.trim();
  const attributes = chosen(draft);
  return {
    sourceType: draft.start === 'preset' ? 'from_preset' : 'text_to_image',
    ...(prompt && { prompt }),
    ...(name && { name }),
    ...(draft.start === 'preset' && draft.presetId && { presetId: draft.presetId }),
    ...(draft.style && { style: draft.style }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    options: {
      seed: draft.seed,
      aspectRatio: draft.aspectRatio,
      quality: draft.quality,
      provider: draft.provider,
    },
  };
}

/** The prompt as it will be painted, piece by piece. */
export function builtPrompt(draft: Draft, preset: Preset | undefined): PromptPart[] {
  const own = ownWords(draft);
  const from = draft.start === 'preset' ? preset : undefined;
  return promptParts({
    prompt: own || from?.prompt,
    style: draft.style || undefined,
    attributes: { ...from?.attributes, ...chosen(draft) },
    persona: from?.personaTemplate,
    quality: draft.quality,
    framed: from !== undefined && own === '' && !draft.style, // as the API does
  });
}

/** What the person wrote for the way they start. */
export function ownWords(draft: Draft): string {
  return (draft.start === 'preset' ? draft.presetPrompt : draft.prompt).trim();
}

function chosen({ attributes }: Draft): VisualAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value?.trim())) as VisualAttributes;
}
