import { PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { settingsOf, type ProviderEnvironment, type ProviderSettings } from '#domain/provider/provider-variables.ts';
import { createFalProvider } from './fal/fal-provider.ts';
import { createHuggingFaceProvider } from './huggingface/huggingface-provider.ts';
import { createIllustratorProvider } from './illustrator/illustrator-provider.ts';
import type { ImageProvider } from './port.ts';
import { createReplicateProvider } from './replicate/replicate-provider.ts';

interface Sending {
  readonly fetch: typeof fetch;
}

/** The registry of the adapters. */
const ADAPTERS: {
  readonly [Name in ProviderName]: (settings: ProviderSettings[Name] & Sending) => ImageProvider;
} = {
  replicate: createReplicateProvider,
  huggingface: createHuggingFaceProvider,
  fal: createFalProvider,
  illustrator: () => createIllustratorProvider(),
};

/** The providers that this process can use: those whose keys are set, and the built-in one. */
export function createProviders(
  env: ProviderEnvironment,
  send: typeof fetch = fetch,
): ReadonlyMap<ProviderName, ImageProvider> {
  const providers = PROVIDERS.map((name) => createProvider(name, env, send)).filter(
    (provider) => provider !== undefined,
  );
  return new Map(providers.map((provider) => [provider.name, provider]));
}

function createProvider<Name extends ProviderName>(
  name: Name,
  env: ProviderEnvironment,
  send: typeof fetch,
): ImageProvider | undefined {
  const settings = settingsOf(name, env);
  return settings && ADAPTERS[name]({ ...settings, fetch: send });
}
