import type { ImageCrop } from '#domain/generation/image-shape.ts';
import type { ConvertOptions } from '../convert-image.ts';
import type { DeliveryFault, RequestedImage } from '../delivered-image.ts';
import type { EncodedImage, EncodeOptions } from '../encode-image.ts';
import type { SanitizedUpload, UploadForm, UploadInspection } from '../sanitize-upload.ts';
import type { UploadFault } from '../upload-rejected.ts';

/** What a decoder process does with untrusted bytes. */
export type DecoderJob =
  | {
      readonly kind: 'sanitize';
      readonly bytes: Buffer;
      readonly form: UploadForm;
      readonly crop: ImageCrop | undefined;
    }
  | { readonly kind: 'inspect'; readonly bytes: Buffer; readonly crop: ImageCrop | undefined }
  | {
      readonly kind: 'delivery';
      readonly bytes: Buffer;
      readonly requested: RequestedImage;
      readonly options: EncodeOptions;
    }
  | { readonly kind: 'encode'; readonly bytes: Buffer; readonly options: EncodeOptions }
  | { readonly kind: 'convert'; readonly bytes: Buffer; readonly options: ConvertOptions };

/** What each kind of job results in. */
export interface DecoderResults {
  readonly sanitize: SanitizedUpload;
  readonly inspect: UploadInspection;
  readonly delivery: { readonly fault: DeliveryFault } | { readonly fault: undefined; readonly encoded: EncodedImage };
  /** Undefined: the bytes can't be decoded completely. */
  readonly encode: EncodedImage | undefined;
  readonly convert: Buffer;
}

/** How a job ends. */
export type DecoderReply =
  | { readonly kind: 'done'; readonly result: DecoderResults[keyof DecoderResults]; readonly rssBytes: number }
  | { readonly kind: 'rejected'; readonly fault: UploadFault; readonly message: string; readonly rssBytes: number }
  /** The process ends itself: the job used more time or memory than it may. */
  | { readonly kind: 'exceeded' };

/** Precedes the reply to a delivery in which no fault was found; its encoding takes longer. */
export interface FaultlessDelivery {
  readonly kind: 'faultless';
}

export interface DecoderLimits {
  /** Of one job, on all threads. Time on the processor, so that a busy machine refuses nothing. */
  readonly cpuMs: number;
  /** Resident memory of the process. */
  readonly memoryBytes: number;
}
