import type { CreateGeneration } from '../../contract/generation.ts';
import type { Preset } from '../../drizzle/queries/presets.ts';
import { avatarName } from '../../domain/avatar-name.ts';
import { buildPrompt } from '../../domain/prompt-builder.ts';
import { planProviders, type PlannedModel } from '../../domain/provider-plan.ts';
import type { ProviderName } from '../../domain/provider.ts';
import { ApiProblem } from '../problem.ts';

/** The wish with everything filled in: what is stored and painted. */
interface ResolvedRequest extends CreateGeneration {
  readonly name: string;
}

export interface Resolved {
  readonly request: ResolvedRequest;
  readonly builtPrompt: string;
}

/** Fills what the body leaves out from the preset, gives it a name, and builds the painter's prompt. */
export function resolveRequest(body: CreateGeneration, preset: Preset | undefined): Resolved {
  const prompt = body.prompt ?? preset?.prompt;
  const persona = { ...preset?.personaTemplate, ...body.persona };
  const attributes = { ...preset?.attributes, ...body.attributes };
  const request: ResolvedRequest = {
    ...body,
    name: avatarName({ name: body.name ?? body.persona?.name ?? preset?.name, prompt, persona }),
    ...(prompt !== undefined && { prompt }),
    persona,
    attributes,
  };
  // Words or a style of one's own replace the preset's manner of drawing; without them it brings its own framing.
  const framed = preset !== undefined && body.prompt === undefined && body.style === undefined;
  return { request, builtPrompt: buildPrompt({ prompt, style: body.style, attributes, framed }) };
}

/** @throws ApiProblem validation_failed when no configured painter can do what is asked */
export function planFor(
  { options = {} }: Pick<CreateGeneration, 'options'>,
  available: readonly ProviderName[],
): PlannedModel[] {
  const plan = planProviders(
    {
      choice: options.provider ?? 'auto',
      optimiseFor: options.optimizeFor ?? 'quality',
      quality: options.quality ?? 'standard',
      allowFallback: options.allowFallback ?? true,
    },
    available,
  );
  if (plan.length > 0) return plan;
  throw new ApiProblem('validation_failed', {
    errors: [{ path: 'options.provider', message: 'no such painter is configured here, and no fallback is allowed' }],
  });
}
