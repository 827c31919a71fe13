import { avatarName } from '../avatar/avatar-name.ts';
import type { VisualAttributes } from '../persona/attributes.ts';
import type { PromptRequest } from '../prompt/prompt-builder.ts';
import type { Style } from '../prompt/style.ts';
import type { ProviderName, Quality } from '../provider/provider.ts';
import type { SourceType } from './generation.ts';
import { DEFAULT_REFERENCE_MODE, type Mode, type ReferenceMode } from './mode.ts';

/** The prompt uses a persona's name and personality; its other fields are merged by the same rule. */
type Persona = NonNullable<PromptRequest['persona']> & Readonly<Record<string, unknown>>;

/** The fields of a request that a preset, a reference image or the project may fill. */
export interface RequestBody {
  readonly sourceType: SourceType;
  readonly mode?: ReferenceMode | undefined;
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly style?: Style | undefined;
  readonly persona?: Persona | undefined;
  readonly attributes?: VisualAttributes | undefined;
  readonly reference?: object | undefined;
  readonly options?: { readonly quality?: Quality | undefined } | undefined;
  /** False: the project's defaults do not apply. */
  readonly projectDefaults?: boolean | undefined;
}

/** What a request refers to. */
export interface Sources {
  readonly preset?: PresetSource | undefined;
  readonly reference?: ReferenceSource | undefined;
  /** The project's defaults. */
  readonly defaults?: DefaultsSource | undefined;
}

interface PresetSource {
  readonly name: string;
  readonly prompt: string;
  readonly personaTemplate: Persona;
  readonly attributes: VisualAttributes;
}

/** The avatar of the reference image. An upload has none of these fields. */
export interface ReferenceSource {
  readonly name: string | null;
  readonly seed: number | null;
  readonly style: Style | null;
  readonly attributes: VisualAttributes;
  readonly persona: Persona;
  /** The prompt as the user wrote it. */
  readonly prompt: string | null;
  /** Undefined where it does not matter: the page's preview. */
  readonly isPhotographic?: boolean | undefined;
  /** Who generated it; null for an upload. Undefined where it is not known. */
  readonly provider?: ProviderName | null | undefined;
}

interface DefaultsSource {
  readonly style?: Style | undefined;
  readonly attributes?: VisualAttributes | undefined;
  readonly persona?: Persona | undefined;
}

/** `text`, or how the reference image is used. */
export function modeOf({ sourceType, mode }: Pick<RequestBody, 'sourceType' | 'mode'>): Mode {
  return sourceType === 'from_reference' ? (mode ?? DEFAULT_REFERENCE_MODE) : 'text';
}

/**
 * The precedence of values, for API and page: the request, then its preset or reference avatar, then the project's defaults; persona and
 * attributes field by field. A style that the project sets takes precedence over the preset's. A variation and a restyled image keep the
 * persona; an image that only uses a reference may show anyone.
 *
 * @returns `request`, the request with all defaults applied: what is stored and generated; `promptRequest`, the prompt builder's input
 */
export function resolveRequest<Body extends RequestBody>(input: Body, sources: Sources = {}) {
  const { projectDefaults = true, reference: requestedReference, ...body } = input;
  const { preset, reference } = sources;
  const defaults = projectDefaults ? sources.defaults : undefined;
  const mode = modeOf(body);
  const sameSubject = mode === 'variation' || mode === 'style';
  const prompt = body.prompt ?? preset?.prompt ?? reference?.prompt ?? undefined;
  const persona = {
    ...defaults?.persona,
    ...preset?.personaTemplate,
    ...(sameSubject && reference?.persona),
    ...body.persona,
  };
  const attributes = { ...defaults?.attributes, ...preset?.attributes, ...reference?.attributes, ...body.attributes };
  const style = body.style ?? reference?.style ?? defaults?.style ?? undefined;
  const defaultName = preset?.name ?? (sameSubject ? reference?.name : undefined) ?? undefined;
  const request = {
    ...body,
    name: avatarName({ name: body.name ?? body.persona?.name ?? defaultName, prompt, persona }),
    ...(prompt !== undefined && { prompt }),
    ...(style !== undefined && { style }),
    persona,
    attributes,
    ...(mode !== 'text' && { mode, reference: { ...requestedReference, ...originOf(reference) } }),
  };
  // A prompt in the request, or a style of the request or the project, replaces the preset's framing.
  const framed = preset !== undefined && body.prompt === undefined && style === undefined;
  const promptRequest: PromptRequest = {
    prompt,
    style,
    attributes,
    persona,
    mode,
    quality: body.options?.quality,
    framed,
  };
  return { request, promptRequest };
}

function originOf(reference: ReferenceSource | undefined): { seed?: number; isPhotographic?: boolean } {
  const { seed, isPhotographic } = reference ?? {};
  return { ...(seed != null && { seed }), ...(isPhotographic !== undefined && { isPhotographic }) };
}
