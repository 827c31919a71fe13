import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { reportRefusedPrompt } from '#drizzle/queries/accounts/abuse-strikes.ts';
import { depictsRealFace } from '#drizzle/queries/avatars/references.ts';
import { promptRejected, refusalOf } from './refuse-text.ts';
import { textsOf } from './texts-of.ts';

/** Two requests under one key are two tries; one that is sent again is one. */
const HASH_LENGTH = 32;

interface PromptsInput {
  readonly accountId: string;
  /** Of the generation or batch that would be written. */
  readonly id: string;
  readonly requestHash: string;
  /** As they would be stored, each with its path in what was sent; '' for the whole of it. */
  readonly prompts: readonly { readonly path: string; readonly request: Readonly<Record<string, unknown>> }[];
}

/**
 * Judges orders before anything is written, held or charged. A refusal counts against the account, once however often the same is sent.
 * @throws ApiProblem prompt_rejected, with each order that is to blame
 */
export async function moderatePrompts(
  database: Database,
  { accountId, id, requestHash, prompts }: PromptsInput,
): Promise<void> {
  const found = await Promise.all(
    prompts.map(async ({ path, request }) => {
      const refusal = await refusalOfRequest(database, accountId, request);
      return refusal ? [{ ...refusal, path: path === '' ? refusal.path : `${path}.${refusal.path}` }] : [];
    }),
  );
  const [first, ...rest] = found.flat();
  if (!first) return;
  await reportRefusedPrompt(database, accountId, `${id}:${requestHash.slice(0, HASH_LENGTH)}`);
  throw promptRejected([first, ...rest]);
}

/** Which rule a stored request breaks. An image it begins with is looked up only where that decides. */
export async function refusalOfRequest(
  database: Database,
  accountId: string,
  request: Readonly<Record<string, unknown>>,
): Promise<ReturnType<typeof refusalOf>> {
  const { reference, ...written } = storedRequest.parse(request);
  const texts = textsOf(written);
  const refusal = refusalOf({ texts });
  if (refusal || !reference) return refusal;
  const ofSomebody = refusalOf({ texts, fromPhotograph: true });
  return ofSomebody && (await depictsRealFace(database, accountId, reference)) ? ofSomebody : undefined;
}
