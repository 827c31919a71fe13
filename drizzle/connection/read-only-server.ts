import type { ClientBase } from 'pg';

/** True for every session on a standby, too. */
const IS_READ_ONLY = `SELECT current_setting('transaction_read_only')::boolean AS "readOnly"`;

/** The server responds but does not accept writes: it is a standby, a demoted primary, or read-only by default. */
export class ReadOnlyServer extends Error {
  override readonly name = 'ReadOnlyServer';
}

/** @throws ReadOnlyServer when the session is read-only: end it, because it may stay read-only after its server was promoted */
export async function assertWritable(session: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await session.query<{ readOnly: boolean }>(IS_READ_ONLY);
  if (rows[0]?.readOnly !== false) throw new ReadOnlyServer('The database does not accept writes');
}
