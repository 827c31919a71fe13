import { v7 as uuidv7 } from 'uuid';
import { PROBLEMS } from '#contract/problem.ts';
import type { RouteName, Routes } from '#contract/routes.ts';
import type { ActOutcome, AdminAct } from '#domain/account/admin-act.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { beginAct, endAct, type ActEnd } from '#drizzle/queries/admin/admin-audit.ts';
import type { Call, Handler } from '../handler.ts';
import { toProblem } from '../middleware/problem-handler.ts';

const FIRST_SERVER_ERROR_STATUS = 500;

/** What the audit records about an admin's act. */
export interface Audited<Name extends RouteName> {
  readonly act: AdminAct;
  /** Whether this call concerns others; omitted when it always does. */
  readonly when?: (call: Call<Routes[Name]>) => Promise<boolean> | boolean;
  /** The id or name of the target; omitted when the act concerns the whole studio. */
  readonly target?: (call: Call<Routes[Name]>) => string;
  /** The part of the response to record: ids and numbers, no personal data. */
  readonly result?: (reply: NonNullable<Awaited<ReturnType<Handler<Name>>>>) => Readonly<Record<string, unknown>>;
}

/**
 * Wraps a handler so that the act is recorded before it runs and its outcome afterwards. If the first record can't be written, the
 * act doesn't run; if the second is missing, the audit shows the outcome as `unknown`.
 * @throws whatever the handler throws
 */
export function audited<Name extends RouteName>(
  { database }: { readonly database: Database },
  { act, when = () => true, target, result }: Audited<Name>,
  handler: Handler<Name>,
): Handler<Name> {
  return async (call) => {
    if (!(await when(call))) return handler(call);
    const { caller, requestId, log } = call.context;
    if (caller === undefined) throw new Error('An audited route was called without a caller');
    const id = uuidv7();
    const body = (call.body ?? {}) as Record<string, unknown>;
    await beginAct(database, { id, actorId: caller.accountId, act, target: target?.(call) ?? null, body, requestId });
    const end = (ended: ActEnd) =>
      endAct(database, id, ended).catch((error: unknown) =>
        log.error({ err: error, act }, 'the outcome of an admin act could not be recorded'),
      );
    try {
      const reply = await handler(call);
      const status = reply === undefined ? 200 : reply.status;
      await end({ outcome: 'done', status, result: reply === undefined ? {} : (result?.(reply as never) ?? {}) });
      return reply;
    } catch (error) {
      const { code } = toProblem(error);
      const { status } = PROBLEMS[code];
      const outcome: ActOutcome = status < FIRST_SERVER_ERROR_STATUS ? 'refused' : 'failed';
      await end({ outcome, status, result: { code } });
      throw error;
    }
  };
}
