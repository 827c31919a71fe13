import type { ImageSize } from '#domain/generation/image.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import type { ReferenceMode } from '#domain/generation/mode.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { AspectRatio } from '#domain/generation/image.ts';
import type { Style } from '#domain/prompt/style.ts';

/** A reference image, prepared for providers. */
export interface ReferenceImage {
  readonly mode: ReferenceMode;
  /** Upright, sRGB, bounded in pixels and bytes, without metadata: small enough for a data URI. */
  readonly bytes: Buffer;
  readonly mimeType: 'image/jpeg';
  /** For a variation, 0 to 1: 0 keeps the original. Undefined when the user did not set it. */
  readonly strength: number | undefined;
  /** The seed with which the image was generated; undefined for an upload. */
  readonly seed: number | undefined;
}

/** Everything about a generation that a provider may need. Adapters send what their service supports. */
export interface ImageRequest {
  /** Our attempt's id. */
  readonly attemptId: string;
  /** The provider's id of the model. */
  readonly model: string;
  /** The final prompt. */
  readonly prompt: string;
  /** What the image must not contain, for models with such an input; the prompt covers the others. */
  readonly negativePrompt?: string | undefined;
  readonly seed: number;
  readonly aspectRatio: AspectRatio;
  readonly sizePx: ImageSize;
  /** For the illustrator, which draws from attributes instead of a prompt. */
  readonly style: Style;
  readonly attributes: VisualAttributes;
  /** Part of the prompt. The illustrator, which searches the prompt for known words, ignores it. */
  readonly personaName?: string | undefined;
  /** Undefined for a text prompt alone. */
  readonly reference?: ReferenceImage | undefined;
}

/** A job that the provider has accepted. */
export interface ProviderJob {
  /** The provider's id for the job: enough to poll and cancel it from any host. */
  readonly externalId: string;
}

/** A job as `submit` returns it. */
export interface SubmittedJob extends ProviderJob {
  /** When the first poll makes sense. Not stored: a resumed attempt polls at once. */
  readonly pollAfterMs: number;
}

export interface GeneratedImage {
  readonly bytes: Buffer;
  /** US dollars: the price that the provider reports, or its list price. */
  readonly costUsd: number;
  /** The attribution that must be stored with the image (CC BY artwork); null when none is required. */
  readonly credit: string | null;
  /** Things of the prompt that the provider knows it left out; undefined where it can't tell. */
  readonly notDrawn?: readonly string[] | undefined;
}

export type JobProgress =
  | { readonly state: 'running'; readonly pollAfterMs: number }
  | { readonly state: 'succeeded'; readonly image: GeneratedImage }
  /** The job itself failed: another poll gives the same result. */
  | { readonly state: 'failed'; readonly failure: ProviderFailure };

/** An attempt whose reply from `submit` was lost. */
export interface LostAttempt {
  readonly request: ImageRequest;
  readonly startedAt: Date;
  /** The job that a signed callback named for this attempt; undefined while none has arrived. To be checked at the provider. */
  calledBackJob(): Promise<string | undefined>;
  /** Whether another attempt owns this external id. */
  isClaimed(externalId: string): Promise<boolean>;
}

/** The port to a provider. Every method throws only {@link ProviderFailure}, honors `signal`, and has a timeout. */
export interface ImageProvider {
  readonly name: ProviderName;
  /** Whether `find` can look up jobs. A paid call is repeated only if it was not accepted, or if `find` finds no job. */
  readonly canFind: boolean;
  /**
   * Whether `find` needs longer to be certain that there is no job than another provider needs for the image. A paid call without a
   * clear reply is then not repeated while another provider is left.
   */
  readonly findsSlowly: boolean;
  /** Starts a job: the only call that costs money. Sends one request and never retries. */
  submit(request: ImageRequest, signal: AbortSignal): Promise<SubmittedJob>;
  /** Reads the job's progress once, with the image's bytes when it is complete. If it throws, the job may still be polled. */
  poll(job: ProviderJob, request: ImageRequest, signal: AbortSignal): Promise<JobProgress>;
  /** Cancels the job if it still runs. A finished or unknown job is no error. */
  cancel(job: ProviderJob, signal: AbortSignal): Promise<void>;
  /** Finds the job of an attempt whose reply was lost; undefined only when the provider certainly has none. */
  find(attempt: LostAttempt, signal: AbortSignal): Promise<ProviderJob | undefined>;
  /** Checks at no cost that the provider is available and accepts our key. */
  healthCheck(signal: AbortSignal): Promise<void>;
}

/** A failed call or job, by kind. */
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
