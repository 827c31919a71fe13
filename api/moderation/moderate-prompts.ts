import { isDerivedName } from '#domain/avatar/avatar-name.ts';
import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { reportRefusedPrompt } from '#drizzle/queries/accounts/abuse-strikes.ts';
import { depictsRealFace } from '#drizzle/queries/avatars/references.ts';
import type { Violation } from '#domain/moderation/moderate-prompt.ts';
import { promptNotAllowed, violationFor } from './assert-texts-allowed.ts';
import { textsOf } from './texts-of.ts';

/** Part of the key of a strike: different requests under one Idempotency-Key count separately, a repeated request counts once. */
const HASH_LENGTH = 32;

interface PromptsInput {
  readonly accountId: string;
  /** Of the generation or batch that would be stored. */
  readonly id: string;
  readonly requestHash: string;
  /** As they would be stored, each with its path in the body; '' for the whole body. */
  readonly prompts: readonly { readonly path: string; readonly request: Readonly<Record<string, unknown>> }[];
}

/**
 * Prompt moderation of every route starts here; domain/moderation/moderate-prompt.ts has the rules, texts-of.ts the texts they apply to.
 * Images are moderated in activities/moderation.
 *
 * Moderates prompts before anything is written, held or charged. A refusal counts against the account, once per request.
 * @throws ApiProblem prompt_not_allowed, with the path of each refused prompt
 */
export async function moderatePrompts(
  database: Database,
  { accountId, id, requestHash, prompts }: PromptsInput,
): Promise<void> {
  const violations: Violation[] = [];
  for (const { path, request } of prompts) {
    const violation = await violationOfRequest(database, accountId, request);
    if (violation) violations.push(path === '' ? violation : below(path, violation));
  }
  const [first, ...rest] = violations;
  if (!first) return;
  await reportRefusedPrompt(database, accountId, `${id}:${requestHash.slice(0, HASH_LENGTH)}`);
  throw promptNotAllowed([first, ...rest]);
}

/** The rule that a stored request breaks. Its reference image is read only when it matters whether it may show a real person. */
export async function violationOfRequest(
  database: Database,
  accountId: string,
  request: Readonly<Record<string, unknown>>,
): Promise<Violation | undefined> {
  const { reference, ...fields } = storedRequest.parse(request);
  const { name: _name, ...others } = fields;
  // A name that is taken from the prompt would be read without its context.
  const texts = textsOf(isDerivedName(fields) ? others : fields);
  const violation = await violationFor(database, accountId, { texts });
  if (violation || !reference) return violation;
  const photographViolation = await violationFor(database, accountId, { texts, fromPhotograph: true });
  if (!photographViolation) return undefined;
  return (await depictsRealFace(database, accountId, reference)) ? photographViolation : undefined;
}

function below(path: string, violation: Violation): Violation {
  const { companion } = violation;
  return {
    ...violation,
    path: `${path}.${violation.path}`,
    ...(companion && { companion: { ...companion, path: `${path}.${companion.path}` } }),
  };
}
