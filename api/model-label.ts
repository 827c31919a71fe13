import { modelOf, type ProviderName } from '#domain/provider/provider.ts';

/** The displayed name of a model; a model that is no longer offered is displayed by its id. */
export function modelLabel(provider: ProviderName | null, model: string | null): string | null {
  if (provider === null || model === null) return model;
  return modelOf(provider, model)?.label ?? model;
}
