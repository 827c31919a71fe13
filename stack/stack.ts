import type { StackPart } from './stack-part.ts';
import type { Supervisor } from './supervisor.ts';

/** What the storage adapter needs. Without an endpoint it is the real Google Cloud Storage and its own credentials. */
export interface StorageSettings {
  readonly bucket: string;
  /** Of the emulator, such as `http://127.0.0.1:4443`; also the host of its signed URLs. */
  readonly endpoint?: string;
  /** Identity and RSA key (PKCS #8, PEM) that sign URLs for the emulator. */
  readonly clientEmail?: string;
  readonly privateKey?: string;
  readonly privateKeyFile?: string;
}

/** The running stack: addresses, and the embedded parts. A part that is configured elsewhere is `undefined`. */
export interface Stack {
  /** For API and worker: role without ownership. */
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
  /** Starts further children that end with the stack. */
  readonly supervisor: Supervisor;
  readonly postgres?: StackPart;
  readonly temporal?: StackPart;
  readonly temporalUi?: StackPart;
  readonly gcs?: StackPart;
  /** Ends everything embedded, in order. Safe to repeat. */
  stop(): Promise<void>;
}
