import pg from 'pg';

/** A statement as it was sent. */
export interface Statement {
  readonly text: string;
  /** The prepared statement's name; when it has one, the server may plan it without its values. */
  readonly name: string | undefined;
  readonly values: readonly unknown[];
}

type Query = (config: unknown, values?: unknown) => unknown;

/** Runs `work` and records every statement that this process sends meanwhile, on any connection. */
export async function captureStatements(work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (config, values) {
    const { text, name, values: own } = typeof config === 'string' ? { text: config } : (config as pg.QueryConfig);
    statements.push({ text, name, values: (values ?? own ?? []) as unknown[] });
    return query.call(this, config, values);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return statements;
}
