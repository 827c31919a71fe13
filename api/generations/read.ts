import type { Database } from '../../drizzle/database.ts';
import type { Handler } from '../handler.ts';
import type { PresentGenerations } from './present.ts';
import { visibleGeneration } from './visible.ts';

export interface GenerationDeps {
  readonly database: Database;
  readonly present: PresentGenerations;
}

export function readGeneration({ database, present }: GenerationDeps): Handler<'readGeneration'> {
  return async ({ params, caller, context }) => {
    context.generationId = params.id;
    const [body] = await present([await visibleGeneration(database, caller, params.id)]);
    if (!body) throw new Error('Presenting a generation gave nothing');
    return { status: 200, body };
  };
}
