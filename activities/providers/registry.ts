import type { ProviderName } from '../../domain/provider.ts';
import { createIllustratorProvider } from './illustrator-provider.ts';
import type { ImageProvider } from './port.ts';
import { createReplicateProvider, type ReplicateOptions } from './replicate/replicate-provider.ts';

export interface ProvidersConfig {
  /** Present when a token is configured. */
  readonly replicate?: ReplicateOptions | undefined;
}

/** The painters that this process can ask. The illustrator needs no key and is always there. */
export function createProviders(config: ProvidersConfig): ReadonlyMap<ProviderName, ImageProvider> {
  const providers = [
    ...(config.replicate === undefined ? [] : [createReplicateProvider(config.replicate)]),
    createIllustratorProvider(),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
}
