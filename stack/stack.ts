import type { LoopbackProxy } from './loopback-proxy.ts';
import type { PortChooser } from './ports.ts';
import type { StackPart } from './stack-part.ts';
import type { Supervisor } from './supervisor.ts';

/** Settings of the storage adapter. Without an endpoint: the real Google Cloud Storage with its own credentials. */
export interface StorageSettings {
  readonly bucket: string;
  /**
   * URL of the emulator, such as `http://127.0.0.1:4443/<secret>`; its origin is that of signed URLs. Who knows the secret of the
   * embedded one's guard may do everything: it is for our processes.
   */
  readonly endpoint?: string;
  /** Identity and RSA key (PKCS #8, PEM) that sign URLs for the emulator. */
  readonly clientEmail?: string;
  readonly privateKey?: string;
  readonly privateKeyFile?: string;
}

/** What a service needs to know of the stack. All addresses are chosen before their servers run. */
export interface StackSettings {
  /** A role with the privileges of API and worker: for tests. */
  readonly databaseUrl: string;
  /** In the role of each process; with a database of the user's own, as the user configured it. */
  readonly apiDatabaseUrl: string;
  readonly workerDatabaseUrl: string;
  /** For migrations and tests. */
  readonly databaseOwnerUrl: string;
  /** For LISTEN, where `DATABASE_URL` leads to a pooler. */
  readonly databaseListenUrl?: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly temporalUiUrl?: string;
  /** False with a Temporal service of the user's own. */
  readonly hasEmbeddedTemporal: boolean;
  readonly storage: StorageSettings;
}

/** What generations run on, besides the database; a part that is configured elsewhere is `undefined`. */
export interface Engine {
  readonly temporalMetricsUrl?: string;
  readonly temporal?: StackPart;
  readonly gcs?: StackPart;
  /** Present if the embedded Temporal server or the app stores its data in it. */
  readonly postgres?: StackPart;
}

export interface TemporalUiPart {
  readonly url: string;
  readonly guard: LoopbackProxy;
  /** Undefined where the UI is part of the server. */
  readonly part?: StackPart;
}

/** A stack whose database runs while the other parts are still located, downloaded or built. */
export interface OpenStack extends StackSettings {
  /** Starts further children, which are stopped with the stack. */
  readonly supervisor: Supervisor;
  /** Knows the ports of parts that do not listen yet. */
  readonly ports: PortChooser;
  /** Resolves when Temporal and the bucket are available. */
  readonly engine: Promise<Engine>;
  /** Resolves with `undefined` without a UI; nothing depends on it. */
  readonly temporalUi: Promise<TemporalUiPart | undefined>;
  /** Stops all embedded parts in order, also while they are being prepared. Safe to repeat. */
  stop(): Promise<void>;
}

/** The running stack. */
export interface Stack extends StackSettings, Engine {
  readonly supervisor: Supervisor;
  readonly temporalUi?: StackPart;
  /** Stops all embedded parts in order. Safe to repeat. */
  stop(): Promise<void>;
}
