export type UploadFault =
  | 'too_large'
  | 'empty'
  | 'unsupported'
  | 'bad_crop'
  | 'too_many_pixels'
  | 'bad_shape'
  | 'too_expensive'
  | 'nothing_visible'
  | 'corrupt';

/** A rejected upload. The message is shown to users. */
export class UploadRejected extends Error {
  override readonly name = 'UploadRejected';
  readonly fault: UploadFault;

  constructor(fault: UploadFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}

export function tooExpensive(): UploadRejected {
  return new UploadRejected(
    'too_expensive',
    'This image takes too much time or memory to open. Open it in an image program, save it as a new JPEG or PNG, and try again.',
  );
}

export function corrupt(cause?: unknown): UploadRejected {
  return new UploadRejected(
    'corrupt',
    'This image is damaged or a part of it is missing. Open it in an image program, save it again, and upload that.',
    cause,
  );
}
