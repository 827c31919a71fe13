import { isRemote, modelLabel, type ProviderName } from '../provider/provider.ts';

/** The codes we use of IPTC's vocabulary of digital source types. */
const SOURCE_TYPE_CODES = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'algorithmicMedia',
] as const;
type SourceTypeCode = (typeof SOURCE_TYPE_CODES)[number];

const VOCABULARY = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
export type DigitalSourceType = `${typeof VOCABULARY}${SourceTypeCode}`;
export const DIGITAL_SOURCE_TYPES = SOURCE_TYPE_CODES.map(uriOf) as [DigitalSourceType, ...DigitalSourceType[]];

/** What a generated image says of itself, in its file and in the API: neither the prompt nor anything about its user. */
export interface Provenance {
  readonly digitalSourceType: DigitalSourceType;
  readonly creatorTool: string;
  /** When the generation began at a provider: known before the file is written, and the same in each run. */
  readonly createdAt: Date;
}

/** An image that another one was generated from. */
interface ReferenceOrigin {
  /** Null for an upload, and for an avatar that was uploaded. */
  readonly seed: number | null;
  /** Undefined for one from before it was stored. */
  readonly isPhotographic?: boolean | undefined;
}

/** Where an avatar comes from. */
export interface Origin {
  /** Null for an upload. */
  readonly provider: ProviderName | null;
  readonly model: string | null;
  readonly recipe: { readonly reference: ReferenceOrigin | null; readonly generatedAt?: string | undefined } | null;
  readonly createdAt: Date;
}

/** @returns null for an upload: what made it is not known */
export function provenanceOf({ provider, model, recipe, createdAt }: Origin): Provenance | null {
  if (provider === null || model === null) return null;
  return {
    digitalSourceType: uriOf(codeOf(provider, recipe)),
    creatorTool: `Avatar Studio (${modelLabel(provider, model)})`,
    createdAt: recipe?.generatedAt === undefined ? createdAt : new Date(recipe.generatedAt),
  };
}

/**
 * Whether an image contains parts of a photograph, as far as is known: an upload may be one, and what was generated from a photograph
 * still shows its person.
 */
export function isPhotographic({ provider, recipe }: Pick<Origin, 'provider' | 'recipe'>): boolean {
  const reference = recipe?.reference;
  return provider === null || (reference != null && (reference.isPhotographic ?? reference.seed === null));
}

/** The illustrator was not trained on anything, and takes no more than colors from a photograph. */
function codeOf(provider: ProviderName, recipe: Origin['recipe']): SourceTypeCode {
  if (!isRemote(provider)) return 'algorithmicMedia';
  return isPhotographic({ provider, recipe }) ? 'compositeWithTrainedAlgorithmicMedia' : 'trainedAlgorithmicMedia';
}

function uriOf(code: SourceTypeCode): DigitalSourceType {
  return `${VOCABULARY}${code}`;
}
