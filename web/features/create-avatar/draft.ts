import type { Avatar } from '#contract/avatar.ts';
import type { CreateGeneration, Generation } from '#contract/generation.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import type { AspectRatio } from '#domain/generation/image.ts';
import { SEED_MAX } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH, type ReferenceMode } from '#domain/generation/mode.ts';
import type { OptimizeFor, ProviderChoice, Quality } from '#domain/provider/provider.ts';
import type { Style } from '#domain/prompt/style.ts';
import { type PersonaDraft, personaDraft } from '../avatars/persona-draft.ts';
import type { AttributeName } from '#web/components/attributes/attribute-choices.ts';

/** The image to begin with. */
export type DraftReference =
  | { readonly kind: 'avatar'; readonly id: string; readonly seed: number | null }
  | { readonly kind: 'upload'; readonly id: string; readonly url: string | null };

/** What the make dialog holds, as its controls know it: empty texts where nothing is chosen. */
export interface Draft {
  start: 'text' | 'preset' | 'reference';
  prompt: string;
  presetId: string;
  /** Words in place of the preset's own; apart from `prompt`, so that going to and fro mixes nothing up. */
  presetPrompt: string;
  reference: DraftReference | null;
  mode: ReferenceMode;
  /** How far a variation goes, from 0 to 1. */
  strength: number;
  /** Words in place of the image's own. */
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
  /** The seed stays for the next one; otherwise each gets a new one. */
  seedLocked: boolean;
  /** What is left out is filled from what the project's avatars have in common. */
  projectDefaults: boolean;
  /** How many images, each with a seed of its own. */
  count: number;
}

/** @param defaults what the person's generations begin with */
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

/** A whole number from 0 to SEED_MAX, chosen here so that people see it before they pay. */
export function rollSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? SEED_MAX;
}

/** The draft for the next one: all stays as it is, so that people can vary what they made. */
export function nextDraft(draft: Draft): Draft {
  return draft.seedLocked ? draft : { ...draft, seed: rollSeed() };
}

/** A draft that begins with an avatar's image, in the shape it has. */
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

/** "Edit and retry": the request as it was, ready to be changed. */
export function draftFromGeneration(generation: Generation): Draft {
  const { request } = generation;
  const { style: _style, ...attributes } = request.attributes ?? {};
  const options = request.options ?? {};
  const words = request.prompt ?? '';
  const fresh = newDraft();
  return {
    ...fresh,
    start: request.reference ? 'reference' : request.presetId ? 'preset' : 'text',
    prompt: words,
    presetId: request.presetId ?? '',
    presetPrompt: words,
    reference: referenceFrom(request.reference),
    mode: request.mode ?? fresh.mode,
    strength: request.strength ?? fresh.strength,
    referencePrompt: words,
    name: generation.name === avatarName({ ...request, name: undefined }) ? '' : generation.name,
    persona: personaDraft(request.persona),
    style: request.style ?? '',
    attributes,
    aspectRatio: options.aspectRatio ?? fresh.aspectRatio,
    quality: options.quality ?? fresh.quality,
    provider: options.provider ?? fresh.provider,
    optimizeFor: options.optimizeFor ?? fresh.optimizeFor,
    seed: generation.seed ?? fresh.seed,
    projectDefaults: false, // what it was made with is all there
  };
}

function referenceFrom(reference: Generation['request']['reference']): DraftReference | null {
  if (reference?.avatarId) return { kind: 'avatar', id: reference.avatarId, seed: reference.seed ?? null };
  return reference?.uploadId ? { kind: 'upload', id: reference.uploadId, url: null } : null;
}

/** The field the words of this draft are written in. */
export function promptFieldOf({ start }: Pick<Draft, 'start'>): 'prompt' | 'presetPrompt' | 'referencePrompt' {
  return ({ text: 'prompt', preset: 'presetPrompt', reference: 'referencePrompt' } as const)[start];
}

/** What the person wrote for the way they start. */
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
