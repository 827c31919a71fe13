import type { ImageSize } from '../generation/image.ts';
import type { ModelDescriptor, ProviderDescriptor, RateLimit, ServiceDescriptor } from './descriptor.ts';
import { fal } from './fal.ts';
import { huggingface } from './huggingface.ts';
import { illustrator } from './illustrator.ts';
import { replicate } from './replicate.ts';

/** The registry. What else a provider needs is a complete `Record` of these names, or derived from the descriptors. */
export const DESCRIPTORS = { replicate, huggingface, fal, illustrator } as const;

/** The providers. `flux` and `sd` in a request are model families; these are the services. */
export type ProviderName = keyof typeof DESCRIPTORS;
/** Never empty, which enums of zod and Drizzle require. */
export const PROVIDERS = Object.keys(DESCRIPTORS) as unknown as readonly [ProviderName, ...ProviderName[]];

/** A provider that is called over the network. */
export type RemoteProviderName = {
  [Name in ProviderName]: (typeof DESCRIPTORS)[Name]['service'] extends null ? never : Name;
}[ProviderName];

export const PROVIDER_CHOICES = ['auto', 'flux', 'sd', 'illustrator'] as const;
export type ProviderChoice = (typeof PROVIDER_CHOICES)[number];
export const DEFAULT_PROVIDER_CHOICE: ProviderChoice = 'auto';

export const OPTIMIZE_FOR = ['quality', 'speed', 'cost'] as const;
export type OptimizeFor = (typeof OPTIMIZE_FOR)[number];
export const DEFAULT_OPTIMIZE_FOR: OptimizeFor = 'quality';

export const QUALITIES = ['draft', 'standard', 'high'] as const;
export type Quality = (typeof QUALITIES)[number];
export const DEFAULT_QUALITY: Quality = 'standard';

export interface Model extends ModelDescriptor {
  readonly provider: ProviderName;
}

export const MODELS: readonly Model[] = PROVIDERS.flatMap((provider) =>
  descriptorOf(provider).models.map((model) => ({ provider, ...model })),
);

export function modelOf(provider: ProviderName, id: string): Model | undefined {
  return MODELS.find((model) => model.provider === provider && model.id === id);
}

/** The displayed name of a model. A model that is no longer offered is displayed by its id. */
export function modelLabel(provider: ProviderName | null, id: string): string {
  return (provider && modelOf(provider, id)?.label) ?? id;
}

/** The smallest size of the model that is not below the requested one; the image is scaled down when it is encoded. */
export function generatedSizePx({ sizesPx }: ModelDescriptor, requestedPx: ImageSize): ImageSize {
  return sizesPx.find((sizePx) => sizePx >= requestedPx) ?? requestedPx;
}

/** The list price of one image, US dollars; 0 for a model that is no longer offered. */
export function listPriceUsd(provider: ProviderName, model: string): number {
  return modelOf(provider, model)?.costUsd ?? 0;
}

export function providerLabel(provider: ProviderName): string {
  return descriptorOf(provider).label;
}

/** Null for a built-in provider. */
export function serviceOf(provider: ProviderName): ServiceDescriptor | null {
  return descriptorOf(provider).service;
}

/** Whether the provider is called over the network: it costs money, may fail and may limit the rate of calls. */
export function isRemote(provider: ProviderName): provider is RemoteProviderName {
  return serviceOf(provider) !== null;
}

/** Null for a built-in provider, which has no limit. */
export function rateLimitOf(provider: ProviderName): RateLimit | null {
  return serviceOf(provider)?.rateLimit ?? null;
}

function descriptorOf(provider: ProviderName): ProviderDescriptor {
  return DESCRIPTORS[provider];
}
