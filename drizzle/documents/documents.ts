import { z } from 'zod';
import { persona, visualAttributes } from '#contract/avatar.ts';
import { generationDefaults } from '#contract/profile.ts';
import { projectDefaults } from '#contract/project.ts';
import { recipe } from '#contract/recipe.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { CHOICE_REASONS } from '#domain/provider/choice.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { DocumentKind, Upcaster } from './document-kind.ts';

const candidate = z.strictObject({ provider: z.enum(PROVIDERS), model: z.string() });
const choiceNote = candidate.extend({
  position: z.number().int().nullable(),
  reasons: z.array(z.enum(CHOICE_REASONS)),
  explanation: z.string(),
});

/**
 * The kinds of JSON documents in our columns: the one list. A persona and attributes are also parts of a request and of project
 * defaults, which have versions of their own.
 */
export const DOCUMENTS = {
  /** Readers parse it with {@link storedRequest}. */
  request: documentKind<Record<string, unknown>, readonly []>('request', {
    schema: storedRequest.extend({ sourceType: z.enum(SOURCE_TYPES).optional() }),
    upcasters: [],
  }),
  plan: documentKind('plan', { schema: z.array(candidate), upcasters: [] }),
  choice: documentKind('choice', { schema: z.array(choiceNote), upcasters: [] }),
  persona: documentKind('persona', { schema: persona, upcasters: [] }),
  attributes: documentKind('attributes', { schema: visualAttributes, upcasters: [] }),
  recipe: documentKind('recipe', { schema: recipe, upcasters: [] }),
  projectDefaults: documentKind('project-defaults', { schema: projectDefaults, upcasters: [] }),
  accountDefaults: documentKind('account-defaults', { schema: generationDefaults, upcasters: [] }),
  /** Class name to probability. */
  scores: documentKind('scores', { schema: z.record(z.string(), z.number()), upcasters: [] }),
};

function documentKind<Value, const Upcasters extends readonly Upcaster[]>(
  name: string,
  versions: Omit<DocumentKind<Value, Upcasters>, 'name'>,
): DocumentKind<Value, Upcasters> {
  return { name, ...versions };
}
