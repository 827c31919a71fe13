import type { ClientBase } from 'pg';

/** Also true of every session on a standby. */
const IS_READ_ONLY = `SELECT current_setting('transaction_read_only')::boolean AS "readOnly"`;

/** The server answers and takes no writes: it is a standby, a demoted primary, or its sessions are read-only by default. */
export class ReadOnlyServer extends Error {
  override readonly name = 'ReadOnlyServer';
}

/** @throws ReadOnlyServer when the session can't write: it is to be ended, because it may stay so after its server can */
export async function assertWritable(session: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await session.query<{ readOnly: boolean }>(IS_READ_ONLY);
  if (rows[0]?.readOnly !== false) throw new ReadOnlyServer('The database takes no writes');
}
