import type { Avatar } from '#contract/avatar.ts';
import type { CreateGeneration, Generation } from '#contract/generation.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import type { AttributeName, VisualAttributes } from '#domain/persona/attributes.ts';
import type { AspectRatio } from '#domain/generation/image.ts';
import { SEED_MAX } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH, type ReferenceMode } from '#domain/generation/mode.ts';
import type { OptimizeFor, ProviderChoice, Quality } from '#domain/provider/provider.ts';
import type { Style } from '#domain/prompt/style.ts';
import { type PersonaDraft, personaDraft } from '../avatars/persona-draft.ts';

/** The reference image. */
export type DraftReference =
  | { readonly kind: 'avatar'; readonly id: string; readonly seed: number | null }
  | { readonly kind: 'upload'; readonly id: string; readonly url: string | null };

/** The form values of the create dialog. An empty string means no choice. */
export interface Draft {
  start: 'text' | 'preset' | 'reference';
  prompt: string;
  presetId: string;
  /** Replaces the preset's prompt. Separate from `prompt`, so that switching the starting point keeps both. */
  presetPrompt: string;
  reference: DraftReference | null;
  mode: ReferenceMode;
  /** Variation strength, from 0 to 1. */
  strength: number;
  /** Replaces the prompt of the reference image. */
  referencePrompt: string;
  name: string;
  persona: PersonaDraft;
  style: Style | '';
  attributes: { [Name in AttributeName]?: string | undefined };
  aspectRatio: AspectRatio;
  quality: Quality;
  provider: ProviderChoice;
  optimizeFor: OptimizeFor;
  seed: number;
  /** The seed is reused for the next avatar; otherwise each avatar gets a new one. */
  seedLocked: boolean;
  /** Project defaults fill in what is left out. */
  projectDefaults: boolean;
  /** How many images, each with its own seed. */
  count: number;
}

/** @param defaults the user's generation defaults */
export function newDraft({
  style,
  quality = 'standard',
  provider = 'auto',
  optimizeFor = 'quality',
  count = 1,
}: GenerationDefaults = {}): Draft {
  return {
    start: 'text',
    prompt: '',
    presetId: '',
    presetPrompt: '',
    reference: null,
    mode: 'reference',
    strength: DEFAULT_STRENGTH,
    referencePrompt: '',
    name: '',
    persona: personaDraft(),
    style: style ?? '',
    attributes: {},
    aspectRatio: '1:1',
    quality,
    provider,
    optimizeFor,
    seed: rollSeed(),
    seedLocked: false,
    projectDefaults: true,
    count,
  };
}

/** A random integer from 0 to SEED_MAX, chosen in the browser so that it is visible before submitting. */
export function rollSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? SEED_MAX;
}

/** The draft for the next avatar: unchanged except for a new seed, unless the seed is locked. */
export function nextDraft(draft: Draft): Draft {
  return draft.seedLocked ? draft : { ...draft, seed: rollSeed() };
}

/** A draft that uses an avatar as the reference, with the avatar's aspect ratio. */
export function draftFromAvatar({ id, generation }: Avatar, mode: ReferenceMode, defaults?: GenerationDefaults): Draft {
  const fresh = newDraft(defaults);
  return {
    ...fresh,
    start: 'reference',
    reference: { kind: 'avatar', id, seed: generation.seed },
    mode,
    style: '', // the image's own
    aspectRatio: generation.recipe?.aspectRatio ?? fresh.aspectRatio,
  };
}

/** The draft for "Edit and retry": the original request. */
export function draftFromGeneration(generation: Generation): Draft {
  const { request } = generation;
  const { style: _style, ...attributes } = request.attributes ?? {};
  const options = request.options ?? {};
  const prompt = request.prompt ?? '';
  const fresh = newDraft();
  return {
    ...fresh,
    start: request.reference ? 'reference' : request.presetId ? 'preset' : 'text',
    prompt,
    presetId: request.presetId ?? '',
    presetPrompt: prompt,
    reference: referenceFrom(request.reference),
    mode: request.mode ?? fresh.mode,
    strength: request.strength ?? fresh.strength,
    referencePrompt: prompt,
    name: generation.name === avatarName({ ...request, name: undefined }) ? '' : generation.name,
    persona: personaDraft(request.persona),
    style: request.style ?? '',
    attributes,
    aspectRatio: options.aspectRatio ?? fresh.aspectRatio,
    quality: options.quality ?? fresh.quality,
    provider: options.provider ?? fresh.provider,
    optimizeFor: options.optimizeFor ?? fresh.optimizeFor,
    seed: generation.seed ?? fresh.seed,
    projectDefaults: false, // the request already contains them
  };
}

function referenceFrom(reference: Generation['request']['reference']): DraftReference | null {
  if (reference?.avatarId) return { kind: 'avatar', id: reference.avatarId, seed: reference.seed ?? null };
  return reference?.uploadId ? { kind: 'upload', id: reference.uploadId, url: null } : null;
}

/** The prompt field for the draft's starting point. */
export function promptFieldOf({ start }: Pick<Draft, 'start'>): 'prompt' | 'presetPrompt' | 'referencePrompt' {
  return ({ text: 'prompt', preset: 'presetPrompt', reference: 'referencePrompt' } as const)[start];
}

/** The user's own prompt for the draft's starting point, trimmed. */
export function ownPrompt(draft: Draft): string {
  return draft[promptFieldOf(draft)].trim();
}

export function chosenAttributes({ attributes }: Draft): VisualAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value?.trim())) as VisualAttributes;
}

export const SOURCE_OF = {
  text: 'text_to_image',
  preset: 'from_preset',
  reference: 'from_reference',
} as const satisfies Record<Draft['start'], CreateGeneration['sourceType']>;
