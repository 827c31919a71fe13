import { changePreset, readPreset } from '#drizzle/queries/avatars/presets.ts';
import type { Handler } from '../handler.ts';
import { assertTextsAllowed } from '../policy/refuse-text.ts';
import { notFound } from '../problem.ts';
import type { PresetDeps } from './list.ts';
import { mine } from './mine.ts';
import { textsOfPreset } from '../policy/texts-of.ts';

/** Changes what is said; the rest stays. */
export function updatePreset({ database, present }: PresetDeps): Handler<'updatePreset'> {
  return async ({ params, body, caller }) => {
    await mine(database, caller, params.id);
    assertTextsAllowed(textsOfPreset(body));
    const changed = await changePreset(database, caller.accountId, params.id, body);
    const row = changed ? await readPreset(database, caller.accountId, params.id) : undefined;
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
