import type { StackPart } from './stack-part.ts';
import type { Supervisor } from './supervisor.ts';

/** Settings of the storage adapter. Without an endpoint: the real Google Cloud Storage with its own credentials. */
export interface StorageSettings {
  readonly bucket: string;
  /** URL of the emulator, such as `http://127.0.0.1:4443`; also the host of its signed URLs. */
  readonly endpoint?: string;
  /** Identity and RSA key (PKCS #8, PEM) that sign URLs for the emulator. */
  readonly clientEmail?: string;
  readonly privateKey?: string;
  readonly privateKeyFile?: string;
}

/** The running stack: addresses, and the embedded parts. A part that is configured elsewhere is `undefined`. */
export interface Stack {
  /** For API and worker: a role that owns nothing. */
  readonly databaseUrl: string;
  /** For migrations and tests. */
  readonly databaseOwnerUrl: string;
  /** For LISTEN. */
  readonly databaseListenUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly temporalUiUrl?: string;
  readonly temporalMetricsUrl?: string;
  readonly storage: StorageSettings;
  /** Starts further children, which are stopped with the stack. */
  readonly supervisor: Supervisor;
  readonly postgres?: StackPart;
  readonly temporal?: StackPart;
  readonly temporalUi?: StackPart;
  readonly gcs?: StackPart;
  /** Stops all embedded parts in order. Safe to repeat. */
  stop(): Promise<void>;
}
