import { REFERENCE_MODES, type Mode, type ReferenceMode } from '../generation/mode.ts';
import { MODELS, PROVIDER_CHOICES, type Model, type ProviderChoice, type ProviderName } from './provider.ts';

/** A reference image, as far as it decides which models can use it. */
export interface OfferedReference {
  /** Who generated the image; null for an upload, undefined where it is not known. */
  readonly provider?: ProviderName | null | undefined;
}

/** What a model can't do with a reference image although it supports the mode. */
export const REFERENCE_LIMITS = ['colors_only'] as const;
export type ReferenceLimit = (typeof REFERENCE_LIMITS)[number];

/** Whether the model can do what the mode promises: one that sees only colors varies and restyles no image but its own provider's. */
export function supportsMode(model: Model, mode: Mode, { provider }: OfferedReference = {}): boolean {
  if (!model.modes.includes(mode)) return false;
  if (!model.seesColorsOnly || mode === 'text' || mode === 'reference') return true;
  return provider === undefined || provider === model.provider;
}

/** What is said before the price. */
export function referenceLimitOf({ seesColorsOnly }: Pick<Model, 'seesColorsOnly'>, mode: Mode): ReferenceLimit | null {
  return seesColorsOnly && mode === 'reference' ? 'colors_only' : null;
}

/** The choices for which one of these providers has a model. */
export function offeredChoices(configured: readonly ProviderName[]): ProviderChoice[] {
  return PROVIDER_CHOICES.filter(
    (choice) =>
      choice === 'auto' || MODELS.some(({ family, provider }) => family === choice && configured.includes(provider)),
  );
}

/** The modes in which one of these providers can use the image. */
export function offeredModes(configured: readonly ProviderName[], reference: OfferedReference): ReferenceMode[] {
  return REFERENCE_MODES.filter((mode) =>
    MODELS.some((model) => configured.includes(model.provider) && supportsMode(model, mode, reference)),
  );
}
