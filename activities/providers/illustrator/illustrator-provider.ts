import { availableParallelism } from 'node:os';
import { dimensionsOf } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH } from '#domain/generation/mode.ts';
import { nameSentence } from '#domain/prompt/prompt-builder.ts';
import { modelOf } from '#domain/provider/provider.ts';
import { dominantColors } from '#illustrator/dominant-colors.ts';
import type { Portrait, PortraitRequest } from '#illustrator/portrait-types.ts';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import { type ImageProvider, type ImageRequest, ProviderFailure } from '../port.ts';
import { createRenderSlots } from './render-slots.ts';

export interface IllustratorOptions {
  /** Renders at once; each keeps a core busy. */
  readonly renders?: number;
  readonly render?: (request: PortraitRequest) => Promise<Portrait>;
}

/**
 * The offline provider behind the port of the paid ones. Its handle is a name only: the image is drawn when it is asked for,
 * by whichever worker asks, and is the same each time. So nothing can be lost, found or cancelled.
 */
export function createIllustratorProvider(options: IllustratorOptions = {}): ImageProvider {
  const { renders = availableParallelism(), render = renderPortrait } = options;
  const slots = createRenderSlots(renders);

  return {
    name: 'illustrator',
    canFind: true,
    submit: (request) => Promise.resolve({ externalId: jobOf(request), pollAfterMs: 0 }),
    async poll(_job, request, signal) {
      try {
        const portrait = await slots.run(signal, async () => render(await portraitOf(request)));
        const image = { bytes: portrait.bytes, costUsd: costOf(request), credit: portrait.credit };
        return { state: 'succeeded', image };
      } catch (cause) {
        if (signal.aborted) throw new ProviderFailure('cancelled', 'The drawing was abandoned', { cause });
        throw new ProviderFailure('transient', 'The drawing failed', { cause });
      }
    },
    cancel: () => Promise.resolve(),
    find: ({ request }) => Promise.resolve({ externalId: jobOf(request) }),
    healthCheck: () => Promise.resolve(),
    estimateCost: costOf,
  };
}

function jobOf(request: ImageRequest): string {
  return `illustrator-${request.attemptId}`;
}

/** The honest equivalent of what a model does with an image: neighbors by seed, the same person redrawn, its colors. */
async function portraitOf(request: ImageRequest): Promise<PortraitRequest> {
  const { style, attributes, seed, aspectRatio, sizePx, reference } = request;
  const portrait = { style, attributes, prompt: tokensOf(request), seed, ...dimensionsOf(aspectRatio, sizePx) };
  if (reference?.mode === 'reference') return { ...portrait, colors: await dominantColors(reference.bytes) };
  if (reference?.mode !== 'variation' || reference.seed === undefined) return portrait;
  return { ...portrait, variationOf: { seed: reference.seed, strength: reference.strength ?? DEFAULT_STRENGTH } };
}

/** A name may be a word that means hair or a hat. */
function tokensOf({ prompt, personaName }: ImageRequest): string {
  return prompt.replace(`${nameSentence(personaName)}.`, '');
}

function costOf({ model }: Pick<ImageRequest, 'model'>): number {
  return modelOf('illustrator', model)?.costUsd ?? 0;
}
