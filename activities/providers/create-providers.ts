import type { ProviderName } from '#domain/provider/provider.ts';
import { createFalProvider, type FalOptions } from './fal/fal-provider.ts';
import { createHuggingFaceProvider, type HuggingFaceOptions } from './huggingface/huggingface-provider.ts';
import { createIllustratorProvider } from './illustrator/illustrator-provider.ts';
import type { ImageProvider } from './port.ts';
import { createReplicateProvider, type ReplicateOptions } from './replicate/replicate-provider.ts';

/** Each provider is present when its key is configured. */
export interface ProvidersConfig {
  readonly replicate?: ReplicateOptions | undefined;
  readonly fal?: FalOptions | undefined;
  readonly huggingface?: HuggingFaceOptions | undefined;
}

/** The providers that this process can use. The illustrator needs no key and is always included. */
export function createProviders(config: ProvidersConfig): ReadonlyMap<ProviderName, ImageProvider> {
  const providers = [
    config.replicate && createReplicateProvider(config.replicate),
    config.fal && createFalProvider(config.fal),
    config.huggingface && createHuggingFaceProvider(config.huggingface),
    createIllustratorProvider(),
  ].filter((provider) => provider !== undefined);
  return new Map(providers.map((provider) => [provider.name, provider]));
}
