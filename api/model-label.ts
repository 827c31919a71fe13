import { modelOf, type ProviderName } from '#domain/provider/provider.ts';

/** The name people read; a model that left the list keeps its id. */
export function modelLabel(provider: ProviderName | null, model: string | null): string | null {
  if (provider === null || model === null) return model;
  return modelOf(provider, model)?.label ?? model;
}
