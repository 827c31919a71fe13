export interface StoredObject {
  readonly name: string;
  readonly sizeBytes: number;
  readonly md5: string;
}

export interface ListedObject {
  readonly name: string;
  readonly sizeBytes: number;
  readonly createdAt: Date;
}

interface WriteOptions {
  readonly contentType: string;
  readonly immutable: boolean;
  /** No try starts later, which bounds how late bytes may arrive after the object was removed. Unlimited by default. */
  readonly notAfter?: Date;
}

/** The port to object storage. Every method has a timeout and throws {@link StorageFailure}. */
export interface ImageStore {
  /**
   * Writes an object once. If the name exists, the same content is a success and other content is a `conflict`.
   *
   * @param bytes at most a few MiB; held in memory
   */
  write(name: string, bytes: Buffer, options: WriteOptions): Promise<StoredObject>;
  /** @throws StorageFailure `not_found` */
  read(name: string): Promise<Buffer>;
  exists(name: string): Promise<boolean>;
  /** Removing a missing object is no error. */
  remove(name: string): Promise<void>;
  /** The objects under a prefix; the list may be incomplete when there are very many. */
  list(prefix: string): Promise<StoredObject[]>;
  /** One page of the objects under a prefix whose names follow `after` (null: from the start), in the order of their bytes. */
  listAfter(
    prefix: string,
    after: string | null,
  ): Promise<{ readonly objects: ListedObject[]; readonly isLast: boolean }>;
  /** A signed URL. Its start and expiry are rounded to a window, so that browsers can cache by URL. */
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
