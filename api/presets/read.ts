import { readPreset as readRow } from '#drizzle/queries/avatars/presets.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { PresetDeps } from './list.ts';

export function readPreset({ database, gallery, present }: PresetDeps): Handler<'readPreset'> {
  return async ({ params, caller }) => {
    const publicPreset = (await gallery.read()).find(({ id }) => id === params.id);
    const row = publicPreset ?? (await readRow(database, caller.accountId, params.id));
    if (!row) throw notFound();
    return { status: 200, body: await present(row) };
  };
}
