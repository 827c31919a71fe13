import type { Avatar } from '#contract/avatar.ts';
import type { CreateGeneration, Generation } from '#contract/generation.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import { isDerivedName } from '#domain/avatar/avatar-name.ts';
import type { AttributeName, VisualAttributes } from '#domain/persona/attributes.ts';
import { type AspectRatio, DEFAULT_ASPECT_RATIO, SEED_MAX } from '#domain/generation/image.ts';
import { DEFAULT_REFERENCE_MODE, DEFAULT_STRENGTH, type ReferenceMode } from '#domain/generation/mode.ts';
import type { ReferenceSource } from '#domain/generation/resolve-request.ts';
import {
  DEFAULT_OPTIMIZE_FOR,
  DEFAULT_PROVIDER_CHOICE,
  DEFAULT_QUALITY,
  PROVIDERS,
  type OptimizeFor,
  type ProviderChoice,
  type Quality,
} from '#domain/provider/provider.ts';
import { type Style, styleOf } from '#domain/prompt/style.ts';
import { filledAttributes } from '#web/components/attributes/attribute-choices.ts';
import { type PersonaDraft, personaDraft } from '../avatars/persona-draft.ts';

/** The reference image. */
export type DraftReference =
  | { readonly kind: 'avatar'; readonly id: string; readonly source: ReferenceSource }
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
  quality = DEFAULT_QUALITY,
  provider = DEFAULT_PROVIDER_CHOICE,
  optimizeFor = DEFAULT_OPTIMIZE_FOR,
  count = 1,
}: GenerationDefaults = {}): Draft {
  return {
    start: 'text',
    prompt: '',
    presetId: '',
    presetPrompt: '',
    reference: null,
    mode: DEFAULT_REFERENCE_MODE,
    strength: DEFAULT_STRENGTH,
    referencePrompt: '',
    name: '',
    persona: personaDraft(),
    style: style ?? '',
    attributes: {},
    aspectRatio: DEFAULT_ASPECT_RATIO,
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
export function draftFromAvatar(avatar: Avatar, mode: ReferenceMode, defaults?: GenerationDefaults): Draft {
  const fresh = newDraft(defaults);
  return {
    ...fresh,
    start: 'reference',
    reference: avatarReference(avatar),
    mode,
    style: '', // the image's own
    aspectRatio: avatar.generation.recipe?.aspectRatio ?? fresh.aspectRatio,
  };
}

/** The draft for "Edit and retry" and "Use this prompt": the original request. */
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
    name: isDerivedName({ ...request, name: generation.name }) ? '' : generation.name,
    persona: personaDraft(request.persona),
    // Among the attributes, a preset's own style: it returns with the preset.
    style: (request.presetId ? request.style : styleOf(request)) ?? '',
    attributes,
    aspectRatio: options.aspectRatio ?? fresh.aspectRatio,
    quality: options.quality ?? fresh.quality,
    provider: options.provider ?? fresh.provider,
    optimizeFor: options.optimizeFor ?? fresh.optimizeFor,
    // The same seed again would only repeat the image.
    seed: (generation.status === 'completed' ? null : generation.seed) ?? fresh.seed,
    projectDefaults: false, // the request already contains them
  };
}

/** An avatar as the reference. Only the API has the prompt that it was requested with. */
export function avatarReference({ id, name, persona, attributes, generation }: Avatar): DraftReference {
  const provider = PROVIDERS.find((known) => known === generation.provider) ?? null;
  const style = attributes.style ?? null;
  const source = { name, seed: generation.seed, style, attributes, persona, prompt: null, provider };
  return { kind: 'avatar', id, source };
}

/** Of the avatar only the seed is known, and needed: the request already contains the rest. */
function referenceFrom(reference: Generation['request']['reference']): DraftReference | null {
  if (reference?.avatarId) {
    const source = { ...UNKNOWN_SOURCE, seed: reference.seed ?? null };
    return { kind: 'avatar', id: reference.avatarId, source };
  }
  return reference?.uploadId ? { kind: 'upload', id: reference.uploadId, url: null } : null;
}

const UNKNOWN_SOURCE: ReferenceSource = {
  name: null,
  seed: null,
  style: null,
  attributes: {},
  persona: {},
  prompt: null,
};

/** The prompt field for the draft's starting point. */
export function promptFieldOf({ start }: Pick<Draft, 'start'>): 'prompt' | 'presetPrompt' | 'referencePrompt' {
  return ({ text: 'prompt', preset: 'presetPrompt', reference: 'referencePrompt' } as const)[start];
}

/** The user's own prompt for the draft's starting point, trimmed. */
export function ownPrompt(draft: Draft): string {
  return draft[promptFieldOf(draft)].trim();
}

export function chosenAttributes({ attributes }: Draft): VisualAttributes {
  return filledAttributes(attributes);
}

export const SOURCE_OF = {
  text: 'text_to_image',
  preset: 'from_preset',
  reference: 'from_reference',
} as const satisfies Record<Draft['start'], CreateGeneration['sourceType']>;
