import type { ImageSize } from '#domain/generation/image.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { AspectRatio } from '#domain/generation/image.ts';
import type { Style } from '#domain/prompt/style.ts';

/** The image to begin with, ready to be handed on. */
export interface ReferenceImage {
  readonly mode: ReferenceMode;
  /** Upright, sRGB, bounded in pixels and bytes, without metadata: small enough for a data URI. */
  readonly bytes: Buffer;
  readonly mimeType: 'image/jpeg';
  /** Of a variation, 0 to 1: 0 stays with the original. Undefined where nothing was said. */
  readonly strength: number | undefined;
  /** The seed its subject was made with; undefined for an upload. */
  readonly seed: number | undefined;
}

/** Everything a provider may want to know. Adapters take what their service understands. */
export interface ImageRequest {
  /** Our attempt; adapters that can, hand it to the service so that a lost reply can be looked up. */
  readonly attemptId: string;
  /** The provider's id of the model. */
  readonly model: string;
  /** The built prompt. */
  readonly prompt: string;
  /** What not to paint, for the models that are told; the others read the prompt, where it is said positively. */
  readonly negativePrompt?: string | undefined;
  readonly seed: number;
  readonly aspectRatio: AspectRatio;
  readonly sizePx: ImageSize;
  /** For providers that draw from facts instead of words. */
  readonly style: Style;
  readonly attributes: VisualAttributes;
  /** Part of the prompt; providers that look for words they know leave it out. */
  readonly personaName?: string | undefined;
  /** Undefined where the generation begins with words alone. */
  readonly reference?: ReferenceImage | undefined;
}

/** The provider's name for work it has accepted: enough to poll and cancel it from any host. */
export interface ProviderJob {
  readonly externalId: string;
}

/** What `submit` knows beyond the handle: when asking first makes sense. Not kept; a resumed attempt polls at once. */
export interface SubmittedJob extends ProviderJob {
  readonly pollAfterMs: number;
}

export interface GeneratedImage {
  readonly bytes: Buffer;
  /** What the provider says it charged or its list price, US dollars. */
  readonly costUsd: number;
  /** Credit line that must be kept with the image (CC BY artwork); null when none is owed. */
  readonly credit: string | null;
}

export type JobProgress =
  | { readonly state: 'running'; readonly pollAfterMs: number }
  | { readonly state: 'succeeded'; readonly image: GeneratedImage }
  /** The work itself is over and its handle worth nothing more: asking again gives the same answer. */
  | { readonly state: 'failed'; readonly failure: ProviderFailure };

/** An attempt as the look-up after a lost reply sees it. */
export interface LostAttempt {
  readonly request: ImageRequest;
  readonly startedAt: Date;
  /** External ids that belong to other attempts and must not be adopted. */
  isClaimed(externalId: string): Promise<boolean>;
}

/**
 * A provider. Every method throws only {@link ProviderFailure}, honors `signal`, and bounds its own time.
 */
export interface ImageProvider {
  readonly name: ProviderName;
  /** A paid call is only repeated when it surely was not accepted, or `find` looked and found nothing. */
  readonly canFind: boolean;
  /** Starts the work; the one call that costs money. Never repeats itself. */
  submit(request: ImageRequest, signal: AbortSignal): Promise<SubmittedJob>;
  /** Asks once. A finished image comes back with its bytes. Throwing means the asking failed: the handle is still good. */
  poll(job: ProviderJob, request: ImageRequest, signal: AbortSignal): Promise<JobProgress>;
  /** Stops the work if it still runs. Cancelling what is finished or unknown is no error. */
  cancel(job: ProviderJob, signal: AbortSignal): Promise<void>;
  /** After a lost reply: the work this attempt bought, or undefined when the provider surely has none. */
  find(attempt: LostAttempt, signal: AbortSignal): Promise<ProviderJob | undefined>;
  healthCheck(signal: AbortSignal): Promise<void>;
  /** US dollars for one image. */
  estimateCost(request: Pick<ImageRequest, 'model'>): number;
}

/** A provider's typed no. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly kind: ProviderFailureKind;
  /** From the provider's Retry-After, milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** `maybe`: the reply was lost, so the provider may have accepted and charged. */
  readonly accepted: 'no' | 'maybe';

  constructor(
    kind: ProviderFailureKind,
    message: string,
    details: { retryAfterMs?: number | undefined; accepted?: 'no' | 'maybe'; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.retryAfterMs = details.retryAfterMs;
    this.accepted = details.accepted ?? 'no';
  }
}
