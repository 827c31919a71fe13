import pg from 'pg';

/** One statement as it was sent. */
export interface Statement {
  readonly text: string;
  /** Prepared under this name: the server may plan it without its values. */
  readonly name: string | undefined;
  readonly values: readonly unknown[];
}

type Query = (config: unknown, values?: unknown) => unknown;

/** Does something and hears every statement that this process sends meanwhile, on whatever connection. */
export async function captureStatements(work: () => Promise<void>): Promise<Statement[]> {
  const heard: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (config, values) {
    const { text, name, values: own } = typeof config === 'string' ? { text: config } : (config as pg.QueryConfig);
    heard.push({ text, name, values: (values ?? own ?? []) as unknown[] });
    return query.call(this, config, values);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return heard;
}
