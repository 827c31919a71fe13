import type { PromptPreview } from '#contract/prompt.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { modeOf } from '#domain/generation/resolve-request.ts';
import { referenceLimitOf } from '#domain/provider/offers.ts';
import { negativePrompt, promptParts } from '#domain/prompt/prompt-builder.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import { modelLabel, modelOf } from '#domain/provider/provider.ts';
import { readProjectDefaults } from '#drizzle/queries/avatars/projects.ts';
import { resolveInput, type ResolveDeps } from '../generations/resolve-input.ts';
import type { Handler } from '../handler.ts';
import { violationOfRequest } from '../moderation/moderate-prompts.ts';
import { promptNotAllowed } from '../moderation/assert-texts-allowed.ts';
import { notFoundAt } from '../problem.ts';

/** The final prompt, provider plan and price that the same body would get, or its refusal. Nothing is stored. */
export function previewPrompt(deps: ResolveDeps): Handler<'previewPrompt'> {
  return async ({ query, body, caller }) => {
    const { projectId } = query;
    const defaults = projectId && (await readProjectDefaults(deps.database, caller.accountId, projectId));
    if (projectId && !defaults) throw notFoundAt('projectId', 'there is no such project');
    const input = await resolveInput(deps, caller, body, defaults || undefined);
    const { promptRequest, builtPrompt, price, seed, plan } = input;
    const violation = await violationOfRequest(deps.database, caller.accountId, input.request);
    if (violation) throw promptNotAllowed([violation]);
    const isNegated = plan.some(({ provider, model }) => modelOf(provider, model)?.family === 'sd');
    return {
      status: 200,
      body: {
        prompt: builtPrompt ?? '',
        negativePrompt: isNegated ? negativePrompt(promptRequest) : null,
        parts: promptParts(promptRequest),
        price,
        // A variation's seed is chosen anew each time.
        seed: body.mode === 'variation' ? (body.options?.seed ?? null) : (seed ?? null),
        plan: plan.map((planned) => presentPlannedModel(planned, modeOf(body))),
      },
    };
  };
}

function presentPlannedModel({ provider, model }: PlannedModel, mode: Mode): PromptPreview['plan'][number] {
  const known = modelOf(provider, model);
  return {
    provider,
    model: modelLabel(provider, model),
    costUsd: known?.costUsd ?? 0,
    typicalSeconds: (known?.typicalMs ?? 0) / 1000,
    limit: known ? referenceLimitOf(known, mode) : null,
  };
}
