export interface StoredObject {
  readonly name: string;
  readonly sizeBytes: number;
  readonly md5: string;
}

interface WriteOptions {
  readonly contentType: string;
  readonly immutable: boolean;
  /** No try begins later, so that whoever removes the object knows until when its bytes may land; any time where it is left out. */
  readonly notAfter?: Date;
}

/** Where images live. Every method bounds its own time and throws {@link StorageFailure}. */
export interface ImageStore {
  /**
   * Writes once. An object of that name with the same content is success, with other content a `conflict`.
   * @param bytes at most a few MiB; held in memory
   */
  write(name: string, bytes: Buffer, options: WriteOptions): Promise<StoredObject>;
  /** @throws StorageFailure `not_found` */
  read(name: string): Promise<Buffer>;
  exists(name: string): Promise<boolean>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
  /** Names below a prefix, for sweeps. */
  list(prefix: string): Promise<StoredObject[]>;
  /** A signed address whose start and expiry are rounded to a window, so that it stays the same for a while. */
  signedUrl(name: string): Promise<string>;
  healthCheck(): Promise<void>;
}

export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly kind: 'not_found' | 'conflict' | 'unavailable';

  constructor(kind: StorageFailure['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
