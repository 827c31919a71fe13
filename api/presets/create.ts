import type { CreatePreset } from '#contract/preset.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { API_BASE } from '#contract/route.ts';
import { isHidden } from '#domain/moderation/review.ts';
import { OWN_PRESET_CATEGORY, OWN_PRESETS_MAX } from '#domain/prompt/preset.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { addPreset, type NewPreset, type Preset, readPreset } from '#drizzle/queries/avatars/presets.ts';
import type { Handler, RouteReply } from '../handler.ts';
import { assertSameRequest, idFor, requestHash } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { textsOfPreset } from '../moderation/texts-of.ts';
import { ApiProblem, notFoundAt } from '../problem.ts';
import type { ProblemCode } from '#contract/problem.ts';
import type { PresetDeps } from './list.ts';

const ROUTE = 'POST /presets';

type Content = Omit<NewPreset, 'id' | 'requestHash'>;

/** The same key returns the same preset, also when it was changed since, or its avatar was deleted. */
export function createPreset({ database, present }: PresetDeps): Handler<'createPreset'> {
  return async ({ body, caller, idempotencyKey }) => {
    const { accountId } = caller;
    const input = { id: idFor(accountId, ROUTE, idempotencyKey), requestHash: requestHash(body) };
    const stored = idempotencyKey === undefined ? undefined : await readPreset(database, accountId, input.id);
    if (stored) return createdReply(stored, input.requestHash, { replayed: true });
    const content = await contentOf(accountId, body);
    return withIdInFailure({ presetId: input.id }, () => add(accountId, { ...input, ...content }));
  };

  async function add(accountId: string, input: NewPreset): Promise<RouteReply<'createPreset'>> {
    const outcome = await addPreset(database, accountId, input);
    if (outcome === 'full') {
      throw new ApiProblem('conflict', { detail: `You have ${OWN_PRESETS_MAX} presets. Delete one first` });
    }
    const row = await readPreset(database, accountId, input.id);
    if (!row) throw new ApiProblem('conflict', { detail: 'The preset was deleted while it was being saved' });
    return createdReply(row, input.requestHash, { replayed: outcome === 'exists' });
  }

  async function createdReply(
    row: Preset,
    hash: string,
    { replayed }: { readonly replayed: boolean },
  ): Promise<RouteReply<'createPreset'>> {
    assertSameRequest(row, hash);
    return {
      status: 201,
      body: await present(row),
      headers: {
        Location: `${API_BASE}/presets/${row.id}`,
        ...(replayed && { 'Idempotent-Replayed': 'true' }),
      },
    };
  }

  async function contentOf(accountId: string, body: CreatePreset): Promise<Content> {
    const { name, category = OWN_PRESET_CATEGORY, avatarId } = body;
    const avatar = avatarId === undefined ? undefined : await readAvatar(database, accountId, avatarId);
    if (avatarId !== undefined && !avatar) throw notFoundAt('avatarId', 'there is no such avatar');
    if (avatar && isHidden(avatar.review)) throw invalidField('conflict', 'avatarId', 'has a hidden image');
    // The requested prompt, not the final one: the final prompt is built anew for each use of the preset.
    const generation = avatar && (await readGeneration(database, avatar.generationId));
    const prompt = body.prompt ?? storedRequest.safeParse(generation?.request).data?.prompt;
    if (prompt === undefined) {
      throw invalidField('conflict', 'prompt', 'is required: this avatar was not generated from a prompt');
    }
    const content = {
      name,
      category,
      prompt,
      personaTemplate: body.personaTemplate ?? avatar?.persona ?? {},
      attributes: { ...avatar?.attributes, ...(avatar?.style && { style: avatar.style }), ...body.attributes },
      avatarId: avatar?.id ?? null,
    };
    await assertTextsAllowed(database, accountId, textsOfPreset(content));
    return content;
  }
}

function invalidField(code: ProblemCode, path: string, message: string): ApiProblem {
  return new ApiProblem(code, { errors: [{ path, message }] });
}
