import { availableParallelism } from 'node:os';
import { dimensionsOf } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH } from '#domain/generation/mode.ts';
import { nameSentence } from '#domain/prompt/prompt-builder.ts';
import { listPriceUsd } from '#domain/provider/provider.ts';
import { referenceColors } from '#illustrator/reference-colors.ts';
import type { Portrait, PortraitRequest } from '#illustrator/portrait-types.ts';
import { renderPortrait } from '#illustrator/render-portrait.ts';
import { type ImageProvider, type ImageRequest, ProviderFailure } from '../port.ts';
import { createRenderSlots } from './render-slots.ts';

export interface IllustratorOptions {
  /** Parallel renders; each uses one core. */
  readonly concurrency?: number;
  readonly render?: (request: PortraitRequest) => Promise<Portrait>;
}

/**
 * The built-in, offline provider behind the same port as the paid ones. A job is only an id: `poll` draws the image, on any worker, and
 * always the same one. So no job can be lost, and there is nothing to cancel.
 */
export function createIllustratorProvider(options: IllustratorOptions = {}): ImageProvider {
  const { concurrency = availableParallelism(), render = renderPortrait } = options;
  const slots = createRenderSlots(concurrency);

  return {
    name: 'illustrator',
    canFind: true,
    findsSlowly: false,
    submit: (request) => Promise.resolve({ externalId: externalIdOf(request), pollAfterMs: 0 }),
    async poll(_job, request, signal) {
      try {
        const portrait = await slots.run(signal, async () => render(await portraitOf(request)));
        const image = {
          bytes: portrait.bytes,
          costUsd: listPriceUsd('illustrator', request.model),
          credit: portrait.credit,
          notDrawn: portrait.notDrawn,
        };
        return { state: 'succeeded', image };
      } catch (cause) {
        if (signal.aborted) throw new ProviderFailure('cancelled', 'The drawing was aborted', { cause });
        throw new ProviderFailure('transient', 'The drawing failed', { cause });
      }
    },
    cancel: () => Promise.resolve(),
    find: ({ request }) => Promise.resolve({ externalId: externalIdOf(request) }),
    healthCheck: () => Promise.resolve(),
  };
}

function externalIdOf(request: ImageRequest): string {
  return `illustrator-${request.attemptId}`;
}

/** What each mode means here: a variation by seed, the same person in another style, or a portrait in the reference's colors. */
async function portraitOf(request: ImageRequest): Promise<PortraitRequest> {
  const { style, attributes, seed, aspectRatio, sizePx, reference } = request;
  const portrait = {
    style,
    attributes,
    prompt: promptWithoutName(request),
    seed,
    ...dimensionsOf(aspectRatio, sizePx),
  };
  if (reference?.mode === 'reference') return { ...portrait, colors: await referenceColors(reference.bytes) };
  if (reference?.mode !== 'variation' || reference.seed === undefined) return portrait;
  return { ...portrait, variationOf: { seed: reference.seed, strength: reference.strength ?? DEFAULT_STRENGTH } };
}

/** A name may contain a word that means hair or a hat. */
function promptWithoutName({ prompt, personaName }: ImageRequest): string {
  return prompt.replace(`${nameSentence(personaName)}.`, '');
}
