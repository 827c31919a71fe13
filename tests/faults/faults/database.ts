import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { errorsLogged } from './server-log.ts';
import { chosen, until, type FaultContext, type InjectFault } from './fault.ts';

const TABLES = ['accounts', 'avatar_generations', 'provider_attempts', 'stored_objects', 'credit_transfers'] as const;
/** How much longer than usual a slow statement takes. */
const SLOW_SECONDS = [0.5, 1, 2.5] as const;
const COUNT_EVERY_MS = 200;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 8_000;
const RETRY_AFTER_MS = 200;

/** Runs statements with a superuser's session of its own, past the proxies. */
async function asSuperuser<Result>(
  { studio }: FaultContext,
  act: (session: Client) => Promise<Result>,
): Promise<Result> {
  const session = new Client({
    connectionString: studio.stack.ownerUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'fault',
  });
  session.on('error', () => undefined);
  try {
    await session.connect();
    return await act(session);
  } finally {
    await session.end().catch(() => undefined);
  }
}

/** Repeats until it succeeds: what was injected must be healed, however busy the server is. */
async function heal(context: FaultContext, statement: string): Promise<void> {
  for (;;) {
    try {
      return await asSuperuser(context, async (session) => void (await session.query(statement)));
    } catch {
      await sleep(RETRY_AFTER_MS);
    }
  }
}

/** Another session holds a lock on a table. @returns how many sessions waited for it */
export const lockRows: InjectFault = (context) =>
  asSuperuser(context, async (session) => {
    const table = chosen(context.fault, TABLES);
    await session.query('BEGIN');
    await session.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    const waiting = new Set<number>();
    await until(context.last(), COUNT_EVERY_MS, async () => {
      const { rows } = await session.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))',
      );
      for (const { pid } of rows) waiting.add(pid);
    });
    await session.query('ROLLBACK');
    return waiting.size;
  }).catch(() => 0);

/** A trigger sleeps in each statement that writes to a table. @returns how many statements it delayed */
export const slowStatements: InjectFault = async (context) => {
  const table = chosen(context.fault, TABLES);
  const seconds = chosen(context.fault, SLOW_SECONDS);
  const drop = `DROP TRIGGER IF EXISTS fault_slow ON ${table}`;
  await asSuperuser(context, (session) =>
    session.query(`CREATE SEQUENCE IF NOT EXISTS fault_slowed;
      SELECT setval('fault_slowed', 1);
      CREATE OR REPLACE FUNCTION fault_sleep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM nextval('public.fault_slowed'), pg_sleep(${seconds}); RETURN NULL; END $$;
      CREATE TRIGGER fault_slow BEFORE INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION fault_sleep()`),
  ).catch(() => undefined);
  await context.last();
  await heal(context, drop);
  return asSuperuser(context, async (session) => {
    const { rows } = await session.query<{ calls: string }>('SELECT last_value - 1 AS calls FROM fault_slowed');
    return Number(rows[0]?.calls ?? 0);
  }).catch(() => 0);
};

/** The server refuses every write, as a demoted primary does. @returns how many statements it refused */
export const readOnly: InjectFault = async (context) => {
  const errors = errorsLogged(context.studio.stack, /read-only transaction/u);
  const set = (value: string) => `ALTER SYSTEM ${value}`;
  const reload = 'SELECT pg_reload_conf()';
  await asSuperuser(context, async (session) => {
    await session.query(set('SET default_transaction_read_only = on'));
    await session.query(reload);
  }).catch(() => undefined);
  await context.last();
  await heal(context, set('RESET default_transaction_read_only'));
  await heal(context, reload);
  return errors.count();
};
