import type { ImageSize } from '../generation/image.ts';
import type { Mode } from '../generation/mode.ts';

/** Everything about a provider but its protocol. Page, API, prompts and workers read it; the registry is provider.ts. */
export interface ProviderDescriptor {
  /** Display name. */
  readonly label: string;
  /** Null for a built-in provider: no network, no key, no price, no limit. */
  readonly service: ServiceDescriptor | null;
  readonly models: readonly ModelDescriptor[];
}

export interface ServiceDescriptor {
  readonly variables: ServiceVariables;
  /** Paid calls of all workers together. Also needed to apply the service's Retry-After to all of them. */
  readonly rateLimit: RateLimit;
}

/** Names of environment variables. Schemas, budgets and the adapter's options are derived from them. */
export interface ServiceVariables {
  /** Any other name that begins with it is a misspelled one. */
  readonly prefix: string;
  /** Enables the provider. */
  readonly key: string;
  /** US dollars a day (UTC). */
  readonly budget: string;
  /** The service's addresses, for fakes and proxies, by the adapter's option. */
  readonly addresses: Readonly<Record<string, string>>;
  /** For a service that calls back; null: the workers poll. */
  readonly webhook: SharedSecretWebhook | PublicKeyWebhook | null;
}

/** The service signs its calls with a secret that it shares with us. */
interface SharedSecretWebhook {
  readonly url: string;
  readonly secret: string;
}

/** The service signs the calls of all its customers with the same published keys, so that the signed account tells which are ours. */
interface PublicKeyWebhook {
  readonly url: string;
  readonly account: string;
  /** Address of the keys (JWKS), for fakes and proxies. */
  readonly keys: string;
}

export interface RateLimit {
  readonly perMinute: number;
  readonly burst: number;
}

export interface ModelDescriptor {
  /** The provider's own id of the model. */
  readonly id: string;
  /** Display name. */
  readonly label: string;
  readonly family: 'flux' | 'sd' | 'illustrator';
  /** List price of one image, US dollars. */
  readonly costUsd: number;
  /** Typical time for one image; used for ranking and displayed estimates. */
  readonly typicalMs: number;
  /** 1 (sketch) to 3 (best). */
  readonly grade: 1 | 2 | 3;
  readonly modes: readonly Mode[];
  /** Reference images of one request. */
  readonly maxReferences: number;
  /** Whether the same request with the same seed gives the same image. */
  readonly isSeeded: boolean;
  /** Longer sides, in pixels, that can be requested, ascending; empty where the model decides, for example by the reference. */
  readonly sizesPx: readonly ImageSize[];
  /**
   * Takes no more than the colors of an image that it is given. What it drew itself it knows by the seed, and can vary and restyle.
   */
  readonly seesColorsOnly?: true;
  /** Supports the strength of a variation. */
  readonly supportsStrength: boolean;
}
