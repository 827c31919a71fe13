import { pino, type DestinationStream, type Logger } from 'pino';

const MAX_CAUSES = 4;
/** Their messages repeat the statement, its parameters or the body: a prompt or a name would land in the log. */
const TALKATIVE = new Set(['DrizzleQueryError', 'DatabaseError', 'PostgresError', 'SyntaxError', 'ZodError', 'error']);

/**
 * JSON lines for machines. An error is written by its type, codes and stack; the messages of errors that quote what they were
 * given are left out.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { service: 'api' }, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

/** @returns what may be logged of an error and its causes */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>;
  const type = error.constructor.name;
  const quiet = TALKATIVE.has(type) || TALKATIVE.has(error.name) || 'query' in error || 'routine' in error;
  return {
    type,
    ...(!quiet && { message: error.message }),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(typeof table === 'string' && { table }),
    ...(typeof routine === 'string' && { routine }),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** The stack without its first lines, which repeat the message. */
function framesOf(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((logEntry) => /^\s+at /.test(logEntry)).map((logEntry) => logEntry.trim());
}
