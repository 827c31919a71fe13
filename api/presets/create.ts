import type { CreatePreset } from '#contract/preset.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { API_BASE } from '#contract/route.ts';
import { OWN_PRESET_CATEGORY, OWN_PRESETS_MAX } from '#domain/prompt/preset.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { addPreset, type NewPreset, type Preset, readPreset } from '#drizzle/queries/avatars/presets.ts';
import type { Handler, RouteReply } from '../handler.ts';
import { idFor, requestHash } from '../idempotency.ts';
import { withIdInFailure } from '../with-id-in-failure.ts';
import { assertTextsAllowed } from '../policy/refuse-text.ts';
import { textsOfPreset } from '../policy/texts-of.ts';
import { ApiProblem } from '../problem.ts';
import type { ProblemCode } from '#contract/problem.ts';
import type { PresetDeps } from './list.ts';

const ROUTE = 'POST /presets';

type Content = Omit<NewPreset, 'id' | 'requestHash'>;

/** The same key gives the same preset, also when it was changed since, or its avatar is gone. */
export function createPreset({ database, present }: PresetDeps): Handler<'createPreset'> {
  return async ({ body, caller, idempotencyKey }) => {
    const { accountId } = caller;
    const input = { id: idFor(accountId, ROUTE, idempotencyKey), requestHash: requestHash(body) };
    const known = idempotencyKey === undefined ? undefined : await readPreset(database, accountId, input.id);
    if (known) return answer(known, input.requestHash, true);
    const content = await contentOf(accountId, body);
    return withIdInFailure({ presetId: input.id }, () => add(accountId, { ...input, ...content }));
  };

  async function add(accountId: string, input: NewPreset): Promise<RouteReply<'createPreset'>> {
    const outcome = await addPreset(database, accountId, input);
    if (outcome === 'full') {
      throw new ApiProblem('conflict', { detail: `You have ${OWN_PRESETS_MAX} presets. Delete one first` });
    }
    const row = await readPreset(database, accountId, input.id);
    if (!row) throw new ApiProblem('conflict', { detail: 'It was deleted at this moment' });
    return answer(row, input.requestHash, outcome === 'exists');
  }

  async function answer(row: Preset, hash: string, replayed: boolean): Promise<RouteReply<'createPreset'>> {
    if (row.requestHash !== hash) throw new ApiProblem('idempotency_mismatch');
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
    if (avatarId !== undefined && !avatar) throw refused('not_found', 'avatarId', 'there is no such avatar');
    if (avatar?.review === 'needs_review')
      throw refused('conflict', 'avatarId', 'is being looked at before it is shown');
    // What the person asked for, not what was built of it: a preset is built anew each time.
    const generation = avatar && (await readGeneration(database, avatar.generationId));
    const prompt = body.prompt ?? storedRequest.safeParse(generation?.request).data?.prompt;
    if (prompt === undefined) {
      throw refused('conflict', 'prompt', 'is needed: this avatar was not made from words');
    }
    const content = {
      name,
      category,
      prompt,
      personaTemplate: body.personaTemplate ?? avatar?.persona ?? {},
      attributes: { ...avatar?.attributes, ...(avatar?.style && { style: avatar.style }), ...body.attributes },
      avatarId: avatar?.id ?? null,
    };
    assertTextsAllowed(textsOfPreset(content));
    return content;
  }
}

function refused(code: ProblemCode, path: string, message: string): ApiProblem {
  return new ApiProblem(code, { errors: [{ path, message }] });
}
