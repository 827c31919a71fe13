import type { Database } from '#drizzle/connection/database.ts';
import type { Handler } from '../handler.ts';
import { presentOne, type PresentGenerations } from './present.ts';
import { presentChoice } from './present-choice.ts';
import { visibleGeneration } from './visible-generation.ts';

export interface GenerationDeps {
  readonly database: Database;
  readonly present: PresentGenerations;
}

export function readGeneration({ database, present }: GenerationDeps): Handler<'readGeneration'> {
  return async ({ params, caller, context }) => {
    context.generationId = params.id;
    const row = await visibleGeneration(database, caller, params.id);
    const body = await presentOne(present, row);
    return { status: 200, body: { ...body, choice: presentChoice(row, body.attempts) } };
  };
}
