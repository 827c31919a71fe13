import { removePreset } from '#drizzle/queries/avatars/presets.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { PresetDeps } from './list.ts';
import { assertOwnPreset } from './assert-own-preset.ts';

export function deletePreset({ database }: Pick<PresetDeps, 'database'>): Handler<'deletePreset'> {
  return async ({ params, caller }) => {
    await assertOwnPreset(database, caller, params.id);
    if (!(await removePreset(database, caller.accountId, params.id))) throw notFound();
    return { status: 204, body: undefined };
  };
}
