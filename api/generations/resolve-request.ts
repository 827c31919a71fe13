import type { CreateGeneration } from '#contract/generation.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import type { Preset } from '#drizzle/queries/avatars/presets.ts';
import type { ReferenceSource } from '#drizzle/queries/avatars/references.ts';
import { avatarName } from '#domain/avatar/avatar-name.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { buildPrompt, type PromptRequest } from '#domain/prompt/prompt-builder.ts';

/** The request with all defaults applied: what is stored and generated. */
interface ResolvedRequest extends Omit<CreateGeneration, 'reference' | 'projectDefaults'> {
  readonly name: string;
  readonly reference?: (CreateGeneration['reference'] & { seed?: number }) | undefined;
}

/** What a body refers to. */
interface Sources {
  readonly preset?: Preset | undefined;
  readonly reference?: ReferenceSource | undefined;
  /** The project's defaults. */
  readonly defaults?: ProjectDefaults | undefined;
}

export interface Resolved {
  readonly request: ResolvedRequest;
  /** The input of the prompt builder. */
  readonly promptRequest: PromptRequest;
  readonly builtPrompt: string;
}

/** `text`, or how the reference image is used. */
export function modeOf({ sourceType, mode }: Pick<CreateGeneration, 'sourceType' | 'mode'>): Mode {
  return sourceType === 'from_reference' ? (mode ?? 'reference') : 'text';
}

/**
 * Fills omitted fields from the preset or the reference avatar, then from the project's defaults, chooses a name, and builds the final
 * prompt. A variation and a restyled image keep the persona; an image that only uses a reference may show anyone.
 */
export function resolveRequest(input: CreateGeneration, { preset, reference, defaults }: Sources = {}): Resolved {
  const { projectDefaults: _, ...body } = input;
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
  const request: ResolvedRequest = {
    ...body,
    name: avatarName({ name: body.name ?? body.persona?.name ?? defaultName, prompt, persona }),
    ...(prompt !== undefined && { prompt }),
    ...(style !== undefined && { style }),
    persona,
    attributes,
    ...(mode !== 'text' && { mode, reference: { ...body.reference, ...seedOf(reference) } }),
  };
  // A prompt or a style in the body replaces the preset's framing.
  const framed = preset !== undefined && body.prompt === undefined && style === undefined;
  const promptRequest = { prompt, style, attributes, persona, mode, quality: body.options?.quality, framed };
  return { request, promptRequest, builtPrompt: buildPrompt(promptRequest) };
}

function seedOf(reference: ReferenceSource | undefined): { seed?: number } {
  return reference?.seed == null ? {} : { seed: reference.seed };
}
