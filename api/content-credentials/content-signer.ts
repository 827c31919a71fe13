import { Piscina } from 'piscina';
import type { Provenance } from '#domain/avatar/provenance.ts';
import type { SigningCredential } from './signing-credential.ts';

/** The formats whose files can carry a manifest here: no library for Node signs WebP. */
const SIGNED_FORMATS = ['png', 'jpeg'] as const;
type SignedFormat = (typeof SIGNED_FORMATS)[number];

export interface SigningJob {
  readonly bytes: Uint8Array;
  readonly format: SignedFormat;
  readonly provenance: Pick<Provenance, 'digitalSourceType' | 'creatorTool'>;
}

/** Adds C2PA manifests (Content Credentials) to files that leave the studio. */
export interface ContentSigner {
  /** When files are no longer signed; undefined where none are. */
  readonly expiresAt: Date | undefined;
  /** What distinguishes files signed now from others, for ETags; undefined when files of this format are not signed now. */
  variant(format: string): string | undefined;
  /**
   * The file with a signed manifest. Files of other formats, uploads (whose provenance is null), and all files once the certificate has
   * expired, are returned as they are: a manifest by an expired signer counts as forged.
   * @throws AbortError when the thread does not answer in time
   */
  sign(bytes: Buffer, format: string, provenance: Provenance | null): Promise<Buffer>;
  /** Signs a trial image. @throws Error with one sentence, when readers of C2PA would refuse what is signed with this certificate */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface ContentSignerOptions {
  readonly now?: () => Date;
  /** Called once, at the first file that is left unsigned because the certificate has expired. */
  readonly onExpired?: () => void;
}

/** Of one file, in milliseconds. The largest takes a tenth of a second. */
const SIGN_TIMEOUT_MS = 10_000;
/** A thread that nobody needs for so long ends, in milliseconds. */
const IDLE_MS = 60_000;

/** @param credential undefined: nothing is signed */
export function createContentSigner(
  credential: SigningCredential | undefined,
  { now = () => new Date(), onExpired }: ContentSignerOptions = {},
): ContentSigner {
  if (credential === undefined) {
    return {
      expiresAt: undefined,
      variant: () => undefined,
      sign: async (bytes) => bytes,
      check: async () => {},
      close: async () => {},
    };
  }
  const threads = new Piscina({
    filename: new URL('./signing-thread.ts', import.meta.url).href,
    workerData: credential,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  let isExpiryReported = false;
  const isCurrent = () => {
    if (now() < credential.expiresAt) return true;
    if (!isExpiryReported) onExpired?.();
    isExpiryReported = true;
    return false;
  };
  return {
    expiresAt: credential.expiresAt,
    variant: (format) => (isSignedFormat(format) && isCurrent() ? credential.fingerprint : undefined),
    async sign(bytes, format, provenance) {
      if (provenance === null || !isSignedFormat(format) || !isCurrent()) return bytes;
      const { digitalSourceType, creatorTool } = provenance;
      const job = { bytes, format, provenance: { digitalSourceType, creatorTool } };
      const signed: Uint8Array = await threads.run(job, { signal: AbortSignal.timeout(SIGN_TIMEOUT_MS) });
      return Buffer.from(signed.buffer, signed.byteOffset, signed.byteLength);
    },
    async check() {
      const faults: string[] = await threads.run(undefined, { name: 'findFaults' });
      if (faults.length > 0) {
        throw new Error(`C2PA_CERTIFICATE_FILE: readers of C2PA refuse what it signs (${faults.join(', ')})`);
      }
    },
    close: () => threads.destroy(),
  };
}

function isSignedFormat(format: string): format is SignedFormat {
  return SIGNED_FORMATS.some((signed) => signed === format);
}
