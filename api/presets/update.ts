import { changePreset, readPreset } from '#drizzle/queries/avatars/presets.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../moderation/assert-texts-allowed.ts';
import { notFound } from '../problem.ts';
import type { PresetDeps } from './list.ts';
import { assertOwnPreset } from './assert-own-preset.ts';
import { textsOfPreset } from '../moderation/texts-of.ts';

/** Changes the fields that the body has. */
export function updatePreset({ database, present }: PresetDeps): Handler<'updatePreset'> {
  return async ({ params, body, caller }) => {
    await assertOwnPreset(database, caller, params.id);
    await assertTextsAllowed(database, caller.accountId, textsOfPreset(body));
    const changed = await changePreset(database, caller.accountId, params.id, body);
    const row = changed ? await readPreset(database, caller.accountId, params.id) : undefined;
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
