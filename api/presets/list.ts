import { z } from 'zod';
import type { Database } from '../../drizzle/database.ts';
import { listPresets as readPage } from '../../drizzle/queries/presets.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { PresentPreset } from './present.ts';

export interface PresetDeps {
  readonly database: Database;
  readonly present: PresentPreset;
}

const cursorPosition = z.tuple([z.int32(), z.uuid()]);

/** Public presets and one's own, in gallery order. */
export function listPresets({ database, present }: PresetDeps): Handler<'listPresets'> {
  return async ({ query, caller }) => {
    const { limit, cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : decode(cursor);
    const { items, hasMore, total } = await readPage(database, caller.accountId, filter, { limit, after });
    const last = items.at(-1);
    const nextCursor = hasMore && last ? encode([last.position, last.id]) : null;
    return { status: 200, body: { data: await Promise.all(items.map(present)), meta: { nextCursor, hasMore, total } } };
  };
}

function encode(position: z.infer<typeof cursorPosition>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(cursor: string) {
  try {
    const [position, id] = cursorPosition.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { position, id };
  } catch {
    throw new ApiProblem('validation_failed', {
      errors: [{ path: 'cursor', message: 'is not a cursor of this list' }],
    });
  }
}
