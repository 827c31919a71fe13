import { v7 as uuidv7 } from 'uuid';
import { PROBLEMS } from '#contract/problem.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import type { ActOutcome, AdminAct } from '#domain/account/admin-act.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { beginAct, endAct, type ActEnd } from '#drizzle/queries/admin/admin-audit.ts';
import type { Call, Handler } from '../handler.ts';
import { toProblem } from '../middleware/problem-handler.ts';

const FIRST_STATUS_OF_OURS = 500;

/** What is written down of an act. */
export interface Audited<Name extends RouteName> {
  readonly act: AdminAct;
  /** The id or name of what is acted on; the studio itself where it is left out. */
  readonly target?: (call: Call<Routes[Name]>) => string;
  /** What of the answer is worth keeping. Ids and figures, nothing personal. */
  readonly result?: (reply: NonNullable<Awaited<ReturnType<Handler<Name>>>>) => Readonly<Record<string, unknown>>;
}

/**
 * Writes the act down, then does it, then writes down how it ended. An act that can't be written down is not done; one whose end
 * is missing shows as `unknown` in the audit, which is the truth about it.
 */
export function audited<Name extends RouteName>(
  { database }: { readonly database: Database },
  { act, target, result }: Audited<Name>,
  handler: Handler<Name>,
): Handler<Name> {
  return async (call) => {
    const { caller, requestId, log } = call.context;
    if (caller === undefined) throw new Error('An act of an admin needs an admin');
    const id = uuidv7();
    const body = (call.body ?? {}) as Record<string, unknown>;
    await beginAct(database, { id, actorId: caller.accountId, act, target: target?.(call) ?? null, body, requestId });
    const end = (ended: ActEnd) =>
      endAct(database, id, ended).catch((error: unknown) =>
        log.error({ err: error, act }, 'the end of an act is not audited'),
      );
    try {
      const reply = await handler(call);
      const status = reply === undefined ? 200 : reply.status;
      await end({ outcome: 'done', status, result: reply === undefined ? {} : (result?.(reply as never) ?? {}) });
      return reply;
    } catch (error) {
      const { code } = toProblem(error);
      const { status } = PROBLEMS[code];
      const outcome: ActOutcome = status < FIRST_STATUS_OF_OURS ? 'refused' : 'failed';
      await end({ outcome, status, result: { code } });
      throw error;
    }
  };
}
